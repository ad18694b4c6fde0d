using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Logs;
using Orrery.Node.Protocol;

namespace Orrery.Node.Tests.Support;

/// <summary>A node of its own folder, in this process or in its own, and what it tells.</summary>
internal sealed class NodeUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static readonly string[] Fast =
        ["Tick=00:00:00.020", "FirstBackoff=00:00:00.050", "Heartbeat=00:00:00.500"];

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<RunStatus> told = [];
    private readonly string[] settings;
    private readonly bool isProcess;
    private NodeHost? host;
    private Task watch = Task.CompletedTask;
    private readonly SemaphoreSlim changed = new(0);

    private NodeUnderTest(bool isProcess, string[] settings, string? folder)
    {
        (this.isProcess, this.settings) = (isProcess, [.. Fast, .. settings]);
        Data = folder ?? Directory.CreateTempSubdirectory("orrery-node-").FullName;
        Client = new NodeClient(Data);
    }

    public string Data { get; }

    public NodeClient Client { get; }

    public int Pid { get; private set; }

    public IReadOnlyList<RunStatus> Told => [.. told];

    public static async Task<NodeUnderTest> Start(params string[] settings) => await StartIn(null, settings);

    public static async Task<NodeUnderTest> StartIn(string? folder, params string[] settings)
    {
        var node = new NodeUnderTest(isProcess: false, settings, folder);
        await node.Up();
        return node;
    }

    /// <summary>In a process of its own, which can be killed.</summary>
    public static async Task<NodeUnderTest> StartProcess(params string[] settings)
    {
        var node = new NodeUnderTest(isProcess: true, settings, folder: null);
        await node.Up();
        return node;
    }

    public async Task Up()
    {
        if (isProcess)
            Pid = (await NodeProcess.Ensure(Data, settings)).Pid;
        else
            host = await NodeHost.Start(Data, NodeOptions.Parse(settings));
        if (watch.IsCompleted)
            watch = Task.Run(Watch);
    }

    /// <summary>The node goes, its pods stay.</summary>
    public async Task Down()
    {
        if (host is not null)
            await host.DisposeAsync();
        host = null;
    }

    public void KillNode()
    {
        using var process = Process.GetProcessById(Pid);
        process.Kill();
        process.WaitForExit();
    }

    public RunStatus? Status(string id) => told.LastOrDefault(s => s.WorkloadId == id);

    public async Task<RunStatus> Until(string id, Func<RunStatus, bool> condition, string what = "a condition")
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            if (Status(id) is { } status && condition(status))
                return status;
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"{what} of {id} did not come: {Status(id)} {string.Join('\n', Status(id)?.Pods ?? [])} {string.Join(';', Status(id)?.Warnings ?? [])}");
            await changed.WaitAsync(TimeSpan.FromMilliseconds(20));
        }
    }

    public Task<RunStatus> Until(string id, string phase) => Until(id, s => s.Phase == phase, phase);

    public static async Task Eventually(Func<bool> condition, string what)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!condition())
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException(what);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async Task<string[]> Log(string id, int rank = 0, int run = 1, int tail = 100_000)
    {
        var lines = await PodLog.Read(PodLog.Folder(Data, id, PodId(id, rank, run)), tail);
        return [.. lines.Select(l => l.Text)];
    }

    public async Task<string> UntilLogged(string id, Func<string, bool> line, int rank = 0, int run = 1)
    {
        string? found = null;
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while ((found = (await Log(id, rank, run)).FirstOrDefault(line)) is null)
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"not logged: {string.Join('\n', await Log(id, rank, run))} {Status(id)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        return found;
    }

    public static string PodId(string id, int rank, int run = 1) => string.Create(CultureInfo.InvariantCulture, $"{id}-{run}-{rank}");

    public static RunSpec Run(string id, string script, string kind = WorkloadKinds.PyTorchJob, int replicas = 1, int run = 1, string workspace = "ws") => new()
    {
        WorkloadId = id,
        WorkspaceId = workspace,
        Run = run,
        Kind = kind,
        EntryPoint = script,
        Resources = new ReplicaResources(1000, 512 << 20, 0, 0, 16 << 20),
        Replicas = [.. Enumerable.Range(0, replicas).Select(r => new ReplicaSpec(r, PodId(id, r, run), "local"))],
        GraceS = 1,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var id in told.Select(s => s.WorkloadId).Distinct().Where(i => Status(i)!.Phase != RunPhases.Removed))
        {
            await Client.Remove(id);
            await Until(id, RunPhases.Removed);
        }
        await stop.CancelAsync();
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isProcess)
            await Client.Exit();
        else
            await Down();
        Client.Dispose();
        stop.Dispose();
        await Eventually(IsDown, "the node did not end");
        Directory.Delete(Data, recursive: true);
    }

    public bool IsDown()
    {
        using var probe = NodeLock.TryTake(new NodeFolder(Data));
        return probe is not null;
    }

    private async Task Watch()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var one in Client.Watch(stop.Token))
                {
                    foreach (var run in one is NodeSnapshot snapshot ? snapshot.Runs : [((NodeChange)one).Run])
                        told.Enqueue(run);
                    changed.Release();
                }
            }
            catch (NodeException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }
}
