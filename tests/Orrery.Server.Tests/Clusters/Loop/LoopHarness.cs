using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;
using Orrery.Server.Storage;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>The loop of one cluster of one node (4 cores) on a real SQLite file, with a backend in memory and a clock that moves when told.</summary>
internal sealed class LoopHarness : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const string Cluster = "local";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly NodeSpec Node = new() { Name = "n1", Capacity = new Resources(4000, 64L << 30, 0) };

    private readonly string folder;
    private readonly SecretBox box = new(new byte[32]);
    private readonly IDatabase database;
    private readonly ClusterStore store;
    private readonly WorkspaceStore workspaces;
    private readonly EnvBox env;
    private CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    private LoopHarness(IDatabase database, string folder)
    {
        (this.database, this.folder) = (database, folder);
        (store, workspaces, env) = (new ClusterStore(database), new WorkspaceStore(database), new EnvBox(box));
        Faults = new FaultyDatabase(database);
    }

    public TestClock Clock { get; } = new(Start);

    public FakeBackend Backend { get; } = new([Node]);

    /// <summary>The database as the loop has it.</summary>
    public FaultyDatabase Faults { get; }

    /// <summary>Whether the loop acts, or looks on.</summary>
    public TestLease Lease { get; } = new();

    public ClusterRuntime Runtime { get; private set; } = null!;

    /// <summary>When the server has stopped by itself.</summary>
    public Task Ended => running;

    public WorkspaceDirectory Workspaces { get; private set; } = null!;

    public static async Task<LoopHarness> Open(params Workspace[] extra)
    {
        var place = Directory.CreateTempSubdirectory("orrery-loop-").FullName;
        var harness = new LoopHarness(await DatabaseFactory.Open(place, null, TimeProvider.System), place);
        await new ClusterRegistry(harness.database).Add(new ClusterRow { Id = Cluster, Backend = "fake", Owner = "test", CreatedAt = Start }, "test", CancellationToken.None);
        foreach (var workspace in new[] { Workspace("default") }.Concat(extra))
            await harness.workspaces.Add(workspace, "test", CancellationToken.None);
        harness.Run();
        await harness.Holds(() => harness.Runtime.Sync.InTouch, "the first snapshot");
        return harness;
    }

    public static Workspace Workspace(string id, string? group = null, long? quota = null, long? borrowing = null, bool preemption = false) => new()
    {
        Id = id,
        DisplayName = id,
        ClusterId = Cluster,
        Group = group,
        CreatedAt = Start,
        Members = [Orrery.Server.Clusters.Workspaces.Workspace.Everybody],
        Settings = new WorkspaceSettings { Quota = new Amounts { CpuMillis = quota }, BorrowingLimit = new Amounts { CpuMillis = borrowing }, Preemption = preemption },
    };

    /// <summary>A job of one replica that asks for <paramref name="cpu"/> thousandths of a core.</summary>
    public static ClusterSpec Job(string name = "job", long cpu = 1000, string workspace = "default", string kind = WorkloadKinds.PyTorchJob) => new()
    {
        DisplayName = name,
        WorkspaceId = workspace,
        Kind = kind,
        Version = "v1",
        Replicas = 1,
        CpuMillis = cpu,
        MemoryBytes = 1 << 20,
        EntryPoint = Convert.ToBase64String(Encoding.UTF8.GetBytes("true")),
        TtlS = 60,
    };

    public ClusterWorkloadRow NewRow(ClusterSpec spec) => WorkloadRows.New(
        WorkloadNames.NewId(spec.DisplayName, spec.Kind), spec, new Dictionary<string, string>(), env, new ClusterWorkloadRow { ClusterId = Cluster, UserId = "ada", UserName = "Ada" }, Clock.GetUtcNow());

    public Task<string> Create(ClusterSpec spec) => Create(NewRow(spec));

    public async Task<string> Create(ClusterWorkloadRow row)
    {
        await database.Write(
            async work =>
            {
                await WorkloadInsert.Insert(work, [row]);
                await WorkloadExtras.Insert(work, [row]);
                return true;
            },
            CancellationToken.None);
        Runtime.Inbox.Created([row]);
        return row.Id;
    }

    /// <summary>Created and seen running.</summary>
    public async Task<string> CreateRunning(ClusterSpec spec)
    {
        var id = await Create(spec);
        await Runs(id);
        return id;
    }

    /// <summary>Its run is at the backend, which then shows it running.</summary>
    public async Task Runs(string id, int run = 1)
    {
        await Holds(() => Backend.Calls.Contains($"apply {id} {run}"), $"run {run} of {id}");
        Backend.Show(id, RunPhases.Running);
        await Until(id, row => row is { Phase: ClusterPhase.Running } && row.Run == run);
    }

    public async Task<ClusterWorkloadRow> Row(string id) => await store.Find(id, CancellationToken.None) ?? throw new InvalidOperationException($"{id} is gone.");

    public Task<IReadOnlyList<ClusterPodRow>> Pods(string id) => store.Pods(id, CancellationToken.None);

    public async Task<IReadOnlyList<ClusterWorkloadRow>> Children(string id) => await database.Read(
        async db => (await db.QueryAsync<ClusterWorkloadRow>("SELECT * FROM cluster_workloads WHERE parent_id = @id ORDER BY created_at", new { id })).ToList(), CancellationToken.None);

    public async Task<IReadOnlyList<string>> Events(string id) => await database.Read(
        async db => (await db.QueryAsync<string>("SELECT type FROM events WHERE stream = @id ORDER BY seq", new { id })).ToList(), CancellationToken.None);

    public async Task<ClusterWorkloadRow> Until(string id, Func<ClusterWorkloadRow, bool> holds, bool moving = false)
    {
        ClusterWorkloadRow? row = null;
        await Holds(
            async () =>
            {
                row = await store.Find(id, CancellationToken.None);
                return row is not null && holds(row);
            },
            () => $"a state of {row}",
            moving);
        return row!;
    }

    public Task<ClusterWorkloadRow> UntilPhase(string id, string phase, bool moving = false) => Until(id, row => row.Phase == phase, moving);

    public Task UntilGone(string id, bool moving = false) =>
        Holds(async () => await store.Find(id, CancellationToken.None) is null, () => $"the end of {id}", moving);

    public Task Holds(Func<bool> holds, string what, bool moving = false) => Holds(() => Task.FromResult(holds()), () => what, moving);

    /// <summary>Changes a row as an endpoint does: by version, then a word to the loop.</summary>
    public async Task Change(string id, Func<ClusterWorkloadRow, ClusterWorkloadRow> make, bool tells = true)
    {
        IReadOnlyList<string> lost;
        do
        {
            var row = await Row(id);
            lost = await store.Commit([new WorkloadChange(row, Clock.GetUtcNow()) { After = make(row) }], CancellationToken.None);
        }
        while (lost.Count > 0);
        if (tells)
            Runtime.Inbox.Touch(id);
    }

    public Task End(string id, string reason) => Change(id, row => row with { Ending = reason, EndingMessage = $"{reason} by Ada", DeletingAt = reason == EndingReason.Delete ? Clock.GetUtcNow() : null });

    public void Advance(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Returns when the loop has been through everything it knows of now.</summary>
    public async Task Settle()
    {
        for (var turn = 0; turn < 2; turn++) // that the second turn begins says that the first is committed
        {
            var before = Runtime.State.NodeFacts;
            Runtime.Inbox.Report(new BackendReport.NodesChanged([Node]));
            await Holds(() => !ReferenceEquals(Runtime.State.NodeFacts, before), "a turn");
        }
    }

    /// <summary>The server is killed and another starts on the same database and backend.</summary>
    public async Task Restart()
    {
        await Halt();
        Run();
    }

    public async ValueTask DisposeAsync()
    {
        await Halt();
        stop.Dispose();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Only these may use the workspace from now on.</summary>
    public async Task Members(string workspaceId, params string[] members)
    {
        var known = (await workspaces.All(CancellationToken.None)).Single(workspace => workspace.Id == workspaceId);
        await workspaces.Save(known with { Members = members }, "admin", Clock.GetUtcNow(), CancellationToken.None);
        await Workspaces.Reload(CancellationToken.None);
    }

    /// <summary>The server is killed.</summary>
    public async Task Halt()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A server starts.</summary>
    public void Run()
    {
        stop.Dispose();
        stop = new CancellationTokenSource();
        var seen = new ClusterStore(Faults);
        Workspaces = new WorkspaceDirectory(new WorkspaceStore(Faults));
        var options = Options.Create(new ClusterOptions());
        var cron = new CronFiring(seen, env, new Membership(Workspaces, new IdentityStore(Faults)));
        var services = new ClusterServices(seen, Workspaces, new DependencyReader(seen), cron, new Signals(), Clock);
        Runtime = new ClusterRuntime(Cluster, Backend, Lease, services, new RunSpecReader(seen, env, options.Value), options, NullLoggerFactory.Instance);
        running = Runtime.Run(stop.Token);
    }

    private async Task Holds(Func<Task<bool>> holds, Func<string> what, bool moving)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!await holds())
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"Waited in vain for {what()}; the backend was asked for {string.Join(", ", Backend.Calls)}");
            if (moving)
                Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
