using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Backends.Tests.Support;

/// <summary>A backend as one server has it, and everything that it told.</summary>
internal sealed class Watched : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("ORRERY_KUBERNETES") == "1" ? 150 : 60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private readonly List<RunStatus> told = [];
    private readonly List<BackendReport.Snapshot> snapshots = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task watch;

    public Watched(IClusterBackend backend)
    {
        Backend = backend;
        watch = Task.Run(Watch);
    }

    public IClusterBackend Backend { get; }

    /// <summary>What was told of a workload, oldest first.</summary>
    public IReadOnlyList<RunStatus> Told(string id)
    {
        lock (gate)
            return [.. told.Where(status => status.WorkloadId == id)];
    }

    /// <summary>As they were told last.</summary>
    public IReadOnlyList<NodeSpec> Nodes { get; private set; } = [];

    /// <summary>The first thing that a watch tells.</summary>
    public async Task<BackendReport.Snapshot> Snapshot()
    {
        await Eventually(() => Snapshots > 0, "the snapshot");
        lock (gate)
            return snapshots[0];
    }

    public Task<RunStatus> Until(string id, string phase, int run = 1) => Until(id, status => status.Phase == phase && status.Run == run, phase);

    public async Task<RunStatus> Until(string id, Func<RunStatus, bool> holds, string what)
    {
        await Eventually(() => Told(id) is [.., var status] && holds(status), () => $"{what} of {id}: {(Told(id) is [.., var last] ? last : null)}");
        return Told(id)[^1];
    }

    public async Task<IReadOnlyList<string>> Lines(PodRef pod, PodLogQuery? query = null)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        return await Backend.Logs(pod, query ?? new PodLogQuery(100_000, null, null, Follow: false), limit.Token).Select(line => line.Text).ToListAsync(limit.Token);
    }

    public async Task UntilLogged(PodRef pod, string line)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!(await Lines(pod)).Contains(line))
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"'{line}' is not in the log of {pod.PodId}: {string.Join('\n', await Lines(pod))}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    public static Task Eventually(Func<bool> holds, string what) => Eventually(holds, () => what);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Backend.DisposeAsync();
        stop.Dispose();
    }

    private static async Task Eventually(Func<bool> holds, Func<string> what)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!holds())
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"Waited in vain for {what()}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private int Snapshots
    {
        get
        {
            lock (gate)
                return snapshots.Count;
        }
    }

    /// <summary>Again whenever the backend was out of reach, as the contract wants it.</summary>
    private async Task Watch()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var report in Backend.Watch(stop.Token))
                    Hear(report);
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    private void Hear(BackendReport report)
    {
        lock (gate)
        {
            Nodes = (report as BackendReport.Snapshot)?.Nodes ?? (report as BackendReport.NodesChanged)?.Nodes ?? Nodes;
            if (report is BackendReport.Snapshot snapshot)
            {
                snapshots.Add(snapshot);
                told.AddRange(snapshot.Runs);
            }
            else if (report is BackendReport.Change change)
            {
                told.Add(change.Run);
            }
        }
    }
}
