using System.Security.Cryptography;
using System.Text;
using Orrery.Backends.Tests.Support;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Testing;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Backends.Kubernetes.Files;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>How pods come by their files, and what becomes of these when something goes wrong.</summary>
public sealed class KubernetesFileTests : IAsyncLifetime
{
    private const string Workspace = "team";
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("hello\n");

    private DoubleCluster? cluster;
    private Watched? server;
    private int isAwayAfter = int.MaxValue;
    private bool isAnother;

    private static CancellationToken Ct => CancellationToken.None;

    private Watched Server => server!;

    private FolderContentStore Contents => cluster!.Contents;

    private KubernetesClient Looker => cluster!.Looker;

    /// <summary>Of the server.</summary>
    private AsOnS3 Storage => new(Contents, () => Interlocked.Decrement(ref isAwayAfter) >= 0);

    private static RunFile Missing => new("in/hello", Convert.ToHexStringLower(SHA256.HashData(Hello)), Hello.Length);

    public async ValueTask InitializeAsync()
    {
        cluster = await DoubleCluster.Start(new ApiServerDoubleOptions { StartPause = TimeSpan.FromMilliseconds(300) });
        server = await Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await cluster!.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_made_for_a_run_whose_files_are_not_there()
    {
        var run = Job("cat $ORRERY_INPUT_DIR/hello", Missing);
        (await Should.ThrowAsync<InputsLostException>(() => Server.Backend.Apply(run, Ct))).Message.ShouldBe("in/hello is not in the server's storage");
        (await Looker.Namespaces.Find(ns: null, Workspace, Ct)).ShouldBeNull();
        await KeptFiles.Keep(Contents, "in/hello", Hello);
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Succeeded);
        (await Server.Lines(Pod(run))).ShouldBe(["hello"]);
    }

    [Fact]
    public async Task Files_that_cannot_be_had_for_a_while_are_waited_for_and_the_run_says_so()
    {
        await KeptFiles.Keep(Contents, "in/hello", Hello);
        var run = Job("cat $ORRERY_INPUT_DIR/hello", Missing);
        isAwayAfter = 1; // it is there when the run is looked at, and not when it is brought
        await Server.Backend.Apply(run, Ct);
        (await Server.Until(run.WorkloadId, told => told.Message.Length > 0, "why it waits")).Message.ShouldBe("its files cannot be brought to it now, and are tried again: the storage is away");
        isAwayAfter = int.MaxValue;
        await Server.Until(run.WorkloadId, RunPhases.Succeeded);
    }

    [Fact]
    public async Task A_server_that_starts_now_gives_what_the_one_before_did_not()
    {
        await KeptFiles.Keep(Contents, "in/hello", Hello);
        var run = Job("cat $ORRERY_INPUT_DIR/hello", Missing);
        isAwayAfter = 1;
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, told => told.Message.Length > 0, "why it waits");
        await Server.DisposeAsync();
        server = await Open();
        (await Server.Snapshot()).Runs.ShouldHaveSingleItem().IsPartial.ShouldBeTrue("it asks for the run again");
        isAwayAfter = int.MaxValue;
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Succeeded);
    }

    [Fact]
    public async Task What_was_cut_off_is_sent_again()
    {
        var large = await KeptFiles.Keep(Contents, "in/large", new byte[100_000_000]);
        var run = Job("wc -c <$ORRERY_INPUT_DIR/large", large);
        await Server.Backend.Apply(run, Ct);
        await Watched.Eventually(() => cluster!.Api.Requests.Any(request => request.Contains("/exec", StringComparison.Ordinal)), "the first attempt");
        await Server.DisposeAsync();
        server = await Open();
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Succeeded);
        (await Server.Lines(Pod(run))).ShouldBe(["100000000"]);
        cluster!.Api.Requests.Count(request => request.Contains("/exec", StringComparison.Ordinal)).ShouldBeGreaterThan(1, "the first was cut off");
    }

    [Fact]
    public async Task What_a_program_left_that_ended_at_once_is_read_when_it_can_be()
    {
        var run = Job("echo short >$ORRERY_OUTPUT_DIR/one");
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Succeeded);
        (await Looker.Pods.Get(Workspace, run.Replicas[0].PodId, Ct)).KeeperStatus()!.State!.Running.ShouldBeNull("it starts later");
        (await Server.Backend.Files(Pod(run), Ct).Select(file => file.Path).ToListAsync(Ct)).ShouldBe(["out/one"]);
    }

    [Theory]
    [InlineData("printf 'file 3 out/a\\nabcfile 0 state/b\\nend\\n'", null, "out/a=abc, state/b=")]
    [InlineData("echo end", null, "")]
    [InlineData("printf 'file 5 out/a\\nhell'", typeof(IOException), "did not come whole")]
    [InlineData("printf 'file 3 out/a\\nabc'", typeof(IOException), "did not come whole")]
    [InlineData("printf 'file 5 out/a\\nhell'; echo gone >&2; exit 3", typeof(InvalidDataException), "(code 3): gone")]
    [InlineData("true", typeof(IOException), "did not come whole")]
    [InlineData("echo end; echo file 0 out/a", typeof(InvalidDataException), "after its last file")]
    [InlineData("echo file 1 out/../../etc/passwd", typeof(InvalidDataException), "cannot be understood")]
    [InlineData("echo file 1 /etc/passwd", typeof(InvalidDataException), "cannot be understood")]
    [InlineData("echo file -1 out/a", typeof(InvalidDataException), "cannot be understood")]
    [InlineData("echo file 99999999999999999999 out/a", typeof(InvalidDataException), "cannot be understood")]
    [InlineData("printf 'nonsense \\001\\n'", typeof(InvalidDataException), "'nonsense  '")]
    [InlineData("head -c 100000 /dev/zero | tr '\\0' a", typeof(InvalidDataException), "has no end")]
    [InlineData("yes >&2", typeof(InvalidDataException), "bytes of errors")]
    [InlineData("yes file 0 out/a", null, "without end")]
    public async Task Nothing_that_a_container_tells_is_believed(string script, Type? refusal, string told)
    {
        var run = Job("true");
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Succeeded);
        var reader = new PodFileReader(Looker, ["sh", "-c", script], TimeProvider.System);
        if (refusal is not null)
        {
            var thrown = await Should.ThrowAsync<Exception>(async () => await Texts(reader.Read(Pod(run), Ct).Take(1000)));
            thrown.GetType().ShouldBe(refusal);
            thrown.Message.ShouldContain(told);
            return;
        }
        var texts = await Texts(reader.Read(Pod(run), Ct).Take(1000)); // whoever reads says how many are enough
        string.Join(", ", texts.Take(3)).ShouldBe(told == "without end" ? "out/a=, out/a=, out/a=" : told);
    }

    [Fact]
    public async Task An_image_that_cannot_take_its_files_fails_its_run()
    {
        var run = Job("true") with { Image = ApiServerDouble.ImageWithoutTar };
        await Server.Backend.Apply(run, Ct);
        (await Server.Until(run.WorkloadId, RunPhases.Failed)).Message.ShouldContain("does not take its files");
    }

    [Fact]
    public async Task What_another_cluster_does_not_have_is_not_lost()
    {
        var run = Job(": >$ORRERY_OUTPUT_DIR/one");
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Succeeded);
        isAnother = true;
        await Should.ThrowAsync<KubernetesConfigurationException>(async () => await Server.Backend.Files(Pod(run), Ct).ToListAsync(Ct));
        isAnother = false;
        (await Server.Backend.Files(Pod(run), Ct).ToListAsync(Ct)).ShouldHaveSingleItem().Path.ShouldBe("out/one");
    }

    [Fact]
    public async Task What_a_deleted_pod_left_is_gone_and_its_run_has_succeeded_all_the_same()
    {
        var run = Job(": >$ORRERY_OUTPUT_DIR/one");
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Succeeded);
        await Looker.Pods.Delete(Workspace, run.Replicas[0].PodId, new DeleteOptions(), Ct);
        await Watched.Eventually(() => Looker.Pods.Find(Workspace, run.Replicas[0].PodId, Ct).GetAwaiter().GetResult() is null, "its end");
        await Should.ThrowAsync<DirectoryNotFoundException>(async () => await Server.Backend.Files(Pod(run), Ct).ToListAsync(Ct));
        Server.Told(run.WorkloadId).SkipWhile(told => told.Phase != RunPhases.Succeeded).ShouldAllBe(told => told.Phase == RunPhases.Succeeded);
    }

    [Fact]
    public async Task A_program_may_have_what_it_asks_for_and_the_pod_asks_for_no_more()
    {
        var run = Job("exec sleep 1000") with { Resources = new ReplicaResources(1000, 1 << 30, 0, 4L << 30, 0) };
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Running);
        var spec = (await Looker.Pods.Get(Workspace, run.Replicas[0].PodId, Ct)).Spec!;
        spec.Containers.Select(one => one.Name).ShouldBe(["main", PodFolders.Keeper]);
        spec.Containers.Sum(one => long.Parse(one.Resources!.Requests!["memory"])).ShouldBe(1 << 30);
        spec.Containers.Sum(one => long.Parse(one.Resources!.Requests!["cpu"].TrimEnd('m'))).ShouldBe(1000);
        spec.InitContainers!.Single().Resources!.Limits!["cpu"].ShouldBe("1000m", "unpacking is not slow");
        spec.Containers[1].Resources!.Limits!["cpu"].ShouldBe("1000m", "nor is packing");
        spec.Containers[0].Resources!.Limits!["memory"].ShouldBe($"{(1L << 30) - PodFolders.Overhead}");
        spec.Containers[0].Resources!.Limits!["ephemeral-storage"].ShouldBe($"{4L << 30}");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(97, 511)]
    [InlineData(98, 512)]
    [InlineData(200, 513)]
    [InlineData(515, 1_000_000)]
    public async Task The_size_of_an_archive_is_known_before(int nameLength, int size)
    {
        var kept = await KeptFiles.Keep(Contents, $"in/{new string('n', nameLength)}", new byte[size]);
        var archive = new GivenArchive([kept, new RunFile("in/text", "", 6, "Grüße"), kept with { Path = "state/" + new string('s', nameLength) }], Storage);
        using var written = new MemoryStream();
        await archive.Write(written, Ct);
        written.Length.ShouldBe(archive.Size());
    }

    private static async Task<List<string>> Texts(IAsyncEnumerable<LeftFile> files)
    {
        var texts = new List<string>();
        await foreach (var file in files)
        {
            using var reader = new StreamReader(await file.Open(Ct));
            texts.Add($"{file.Path}={await reader.ReadToEndAsync(Ct)}");
        }
        return texts;
    }

    private static PodRef Pod(RunSpec run) => new(run.WorkloadId, Workspace, run.Replicas[0].PodId);

    private static RunSpec Job(string script, params RunFile[] given)
    {
        var id = $"w-{Guid.NewGuid():N}"[..14];
        return new RunSpec
        {
            WorkloadId = id,
            WorkspaceId = Workspace,
            Run = 1,
            Kind = WorkloadKinds.PyTorchJob,
            EntryPoint = script,
            Image = "busybox",
            Resources = new ReplicaResources(100, 128 << 20, 0, 0, 0),
            Replicas = [new ReplicaSpec(0, $"{id}-1-0", "node-1")],
            Files = new RunFiles(given),
            GraceS = 1,
        };
    }

    private Task<Watched> Open() => cluster!.Open(contents: Storage, confirm: _ => isAnother ? throw new KubernetesConfigurationException("another cluster answers") : Task.CompletedTask);

    /// <summary>Its streams are read in parts and without blocking only, and it may be away.</summary>
    private sealed class AsOnS3(FolderContentStore inner, Func<bool> answers) : IContentStore
    {
        public Task Keep(SpooledFile file, CancellationToken ct) => inner.Keep(file, ct);

        public async Task<Stream> Open(string sha256, long sizeBytes, CancellationToken ct)
        {
            if (!answers())
                throw new ContentUnavailableException("the storage is away", new IOException());
            await (await inner.Open(sha256, sizeBytes, ct)).DisposeAsync();
            return new RangedStream(sizeBytes, (start, cancellation) => From(sha256, sizeBytes, start, cancellation), (answer, buffer, cancellation) => answer.ReadAsync(buffer, cancellation).AsTask());
        }

        public Task Place(string sha256, string path, CancellationToken ct) => inner.Place(sha256, path, ct);

        public Task Remove(string sha256, CancellationToken ct) => inner.Remove(sha256, ct);

        private async Task<Stream> From(string sha256, long sizeBytes, long start, CancellationToken ct)
        {
            var stream = await inner.Open(sha256, sizeBytes, ct);
            stream.Position = start;
            return stream;
        }
    }
}
