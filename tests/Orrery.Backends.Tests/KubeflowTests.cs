using System.Globalization;
using Orrery.Backends.Tests.Support;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends;
using Shouldly;
using Xunit;
using PodPhases = Orrery.Contracts.Runs.PodPhases;

namespace Orrery.Backends.Tests;

/// <summary>Jobs on a cluster with Kubeflow's operator are its PyTorchJobs.</summary>
public abstract class KubeflowTests(KubernetesPlace place) : IAsyncLifetime
{
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private Watched? opened;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Watched Server => opened!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(place.Missing is null, place.Missing ?? "");
        await Open();
    }

    public async ValueTask DisposeAsync()
    {
        if (opened is null)
            return;
        foreach (var id in made)
        {
            await Server.Backend.Remove(id, CancellationToken.None);
            await Server.Until(id, status => status.Phase == RunPhases.Removed, RunPhases.Removed);
            await Watched.Eventually(() => Everything(id).Count == 0, "nothing to be left"); // an operator that is late makes a pod anew, which the cluster then collects
        }
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_job_runs_in_pods_of_the_operator_and_succeeds()
    {
        var run = Run("echo $RANK/$WORLD_SIZE $NODE_RANK $LOCAL_RANK $MASTER_ADDR:$MASTER_PORT $MINE; test $RANK != 0 || sleep 1") with { Env = new Dictionary<string, string> { ["MINE"] = "two words" } };
        await Apply(run);
        var status = await Server.Until(run.WorkloadId, RunPhases.Succeeded);
        status.Pods.Select(pod => (pod.PodId, pod.Rank, pod.Phase, pod.ExitCode)).ShouldBe(Enumerable.Range(0, 2).Select(rank => (Pod(run, rank).PodId, rank, PodPhases.Succeeded, (int?)0)));
        var name = $"{run.WorkloadId}-1";
        for (var rank = 0; rank < 2; rank++)
            (await Server.Lines(Pod(run, rank))).ShouldBe([string.Create(CultureInfo.InvariantCulture, $"{rank}/2 {rank} 0 {name}-master-0:23456 two words")]);
        var job = await Looker.PyTorchJobs.Get(place.Workspace, name, Ct);
        job.Metadata.Labels!["orrery.dev/workload"].ShouldBe(run.WorkloadId);
        job.Spec!.PytorchReplicaSpecs.Keys.ShouldBe(["Master", "Worker"], ignoreOrder: true);
        (await Looker.Pods.Get(place.Workspace, $"{name}-worker-0", Ct)).Metadata.OwnerReferences.ShouldHaveSingleItem().Kind.ShouldBe("PyTorchJob");
    }

    [Fact]
    public async Task One_rank_that_fails_ends_the_others_and_a_higher_run_is_a_retry()
    {
        var run = Run("echo run $DISPATCH_COUNT; if test $DISPATCH_COUNT = 2; then test $RANK != 0 || sleep 1; exit 0; fi; test $RANK = 1 && exit 3; exec sleep 1000");
        await Apply(run);
        var status = await Server.Until(run.WorkloadId, RunPhases.Failed);
        status.Message.ShouldContain("rank 1 exited with code 3");
        status.Pods.Single(pod => pod.Rank == 1).ExitCode.ShouldBe(3);
        await Watched.Eventually(() => ((IBackendPlace)place).Left(run.WorkloadId).Count == 0, "the end of the other");
        var second = At(2, run);
        await Apply(second);
        status = await Server.Until(run.WorkloadId, RunPhases.Succeeded, run: 2);
        status.Pods.Select(pod => pod.PodId).ShouldBe([Pod(second, 0).PodId, Pod(second, 1).PodId]);
        (await Server.Lines(Pod(run, 1))).ShouldBe(["run 1"]);
        (await Server.Lines(Pod(second, 1))).ShouldBe(["run 2"]);
    }

    [Fact]
    public async Task A_job_that_someone_else_deletes_has_failed()
    {
        var run = Run("echo up; exec sleep 1000");
        await Apply(run);
        await Server.Until(run.WorkloadId, RunPhases.Running);
        await Looker.PyTorchJobs.Delete(place.Workspace, $"{run.WorkloadId}-1", new DeleteOptions { PropagationPolicy = "Background" }, Ct);
        (await Server.Until(run.WorkloadId, RunPhases.Failed)).Message.ShouldContain("deleted by someone else");
        await Watched.Eventually(() => ((IBackendPlace)place).Left(run.WorkloadId).Count == 0, "the end of its pods");
    }

    [Fact]
    public async Task A_server_that_starts_later_knows_how_it_stands_and_removes_it_whole()
    {
        var run = Run("echo up; exec sleep 1000");
        await Apply(run);
        var before = await Server.Until(run.WorkloadId, RunPhases.Running);
        await Server.DisposeAsync();
        await Open();
        (await Server.Snapshot()).Runs.Single(one => one.WorkloadId == run.WorkloadId).Pods.ShouldBe(before.Pods);
        await Apply(run); // a repeat changes nothing
        (await Looker.PyTorchJobs.Page(new Selection(place.Workspace, $"orrery.dev/workload={run.WorkloadId}"), 10, from: null, Ct)).Items.Count.ShouldBe(1);
    }

    private KubernetesClient Looker => place.Looker;

    private async Task Open()
    {
        opened = new Watched(((IBackendPlace)place).Open());
        await Server.Snapshot();
    }

    private IReadOnlyList<string> Everything(string id) =>
    [
        .. ((IBackendPlace)place).Everything(id),
        .. Looker.PyTorchJobs.Page(new Selection(place.Workspace, $"orrery.dev/workload={id}"), 10, from: null, CancellationToken.None).GetAwaiter().GetResult().Items.Select(job => job.Metadata.Name!),
    ];

    private Task Apply(RunSpec run) => Server.Backend.Apply(run, CancellationToken.None);

    private PodRef Pod(RunSpec run, int rank) => new(run.WorkloadId, place.Workspace, PodId(run, rank));

    private static string PodId(RunSpec run, int rank) => string.Create(CultureInfo.InvariantCulture, $"{run.WorkloadId}-{run.Run}-{rank}");

    /// <summary>Two ranks.</summary>
    private RunSpec Run(string script)
    {
        var id = $"w-{Guid.NewGuid():N}"[..14];
        made.Add(id);
        return At(1, new RunSpec
        {
            WorkloadId = id,
            WorkspaceId = place.Workspace,
            Run = 1,
            Kind = WorkloadKinds.PyTorchJob,
            EntryPoint = script,
            Image = place.Image,
            Resources = new ReplicaResources(100, 128 << 20, 0, 0, 16 << 20),
            Replicas = [.. Enumerable.Range(0, 2).Select(rank => new ReplicaSpec(rank, "", "node-1"))],
            GraceS = 0.5,
        });
    }

    private static RunSpec At(int number, RunSpec run)
    {
        var spec = run with { Run = number };
        return spec with { Replicas = [.. spec.Replicas.Select(replica => replica with { PodId = PodId(spec, replica.Rank) })] };
    }
}

/// <summary>On the double.</summary>
public sealed class DoubleKubeflowTests(DoubleKubeflow place) : KubeflowTests(place), IClassFixture<DoubleKubeflow>;

/// <summary>On a real cluster.</summary>
[Collection(RealClusters.Name)]
public sealed class RealKubeflowTests(RealKubeflow place) : KubeflowTests(place), IClassFixture<RealKubeflow>;
