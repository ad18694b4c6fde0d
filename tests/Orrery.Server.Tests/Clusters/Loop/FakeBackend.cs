using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>A backend in memory: it keeps what it is asked for, and shows what a test says.</summary>
internal sealed class FakeBackend(IReadOnlyList<NodeSpec> nodes) : IClusterBackend
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, RunStatus> runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> removed = new(StringComparer.Ordinal);
    private readonly List<Channel<BackendReport>> watchers = [];
    private readonly List<string> calls = [];
    private bool isOut;

    public string Name => "fake";

    /// <summary>Removals take until <see cref="FinishRemovals"/>.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Runs that it takes over are not told.</summary>
    public bool IsMute { get; set; }

    /// <summary>So many calls throw although it is in reach.</summary>
    public int Refuses { get; set; }

    /// <summary>What runs are given is not there.</summary>
    public bool LacksInputs { get; set; }

    /// <summary>What was taken, like <c>apply job 1</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public bool Has(string id)
    {
        lock (gate)
            return runs.ContainsKey(id);
    }

    /// <summary>Out of reach: watches break and calls throw, until <see cref="Back"/>.</summary>
    public void Away()
    {
        lock (gate)
        {
            isOut = true;
            foreach (var watcher in watchers)
                watcher.Writer.TryComplete(new IOException("the backend is out of reach"));
            watchers.Clear();
        }
    }

    public void Back()
    {
        lock (gate)
            isOut = false;
    }

    /// <summary>The newest run of a workload gets a phase, and all its pods the like.</summary>
    public void Show(string id, string phase, string message = "")
    {
        lock (gate)
            Tell(runs[id] with { Phase = phase, Message = message, Pods = [.. runs[id].Pods.Select(pod => pod with { Phase = PodPhase(phase) })] });
    }

    /// <summary>The newest run of a workload is told to be as <paramref name="change"/> makes it.</summary>
    public void Show(string id, Func<RunStatus, RunStatus> change)
    {
        lock (gate)
            Tell(change(runs[id]));
    }

    /// <summary>Puts something there that nobody asked for, or takes it away unseen.</summary>
    public void Plant(string id, RunStatus? status)
    {
        lock (gate)
        {
            if (status is null)
                runs.Remove(id);
            else
                runs[id] = status;
        }
    }

    public void FinishRemovals()
    {
        lock (gate)
        {
            foreach (var (id, run) in removed.Where(pair => runs.ContainsKey(pair.Key)).ToList())
                Gone(id, run);
        }
    }

    public Task Apply(RunSpec run, CancellationToken ct)
    {
        lock (gate)
        {
            CheckReach();
            if (Refuses-- > 0)
                throw new IOException("the backend is busy");
            if (LacksInputs)
                throw new InputsLostException("in/model is not in the server's storage");
            calls.Add($"apply {run.WorkloadId} {run.Run}");
            if (removed.GetValueOrDefault(run.WorkloadId) >= run.Run)
                Tell(new RunStatus { WorkloadId = run.WorkloadId, Run = run.Run, Phase = RunPhases.Removed });
            else if (!runs.TryGetValue(run.WorkloadId, out var known) || known.Run < run.Run)
                Tell(new RunStatus { WorkloadId = run.WorkloadId, Run = run.Run, Phase = RunPhases.Pending, Pods = [.. run.Replicas.Select(replica => Pod(run.Run, replica))] });
        }
        return Task.CompletedTask;
    }

    public Task Remove(string workloadId, CancellationToken ct)
    {
        lock (gate)
        {
            CheckReach();
            calls.Add($"remove {workloadId}");
            if (!runs.TryGetValue(workloadId, out var known))
            {
                Tell(new RunStatus { WorkloadId = workloadId, Run = removed.GetValueOrDefault(workloadId), Phase = RunPhases.Removed });
                return Task.CompletedTask;
            }
            removed[workloadId] = known.Run;
            if (!IsSlow)
                Gone(workloadId, known.Run);
        }
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BackendReport> Watch([EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateUnbounded<BackendReport>();
        lock (gate)
        {
            CheckReach();
            watchers.Add(channel);
            channel.Writer.TryWrite(new BackendReport.Snapshot([.. runs.Values], nodes, []));
        }
        await foreach (var report in channel.Reader.ReadAllAsync(ct))
            yield return report;
    }

    public IAsyncEnumerable<PodLine> Logs(PodRef pod, PodLogQuery query, CancellationToken ct) => AsyncEnumerable.Empty<PodLine>();

    public IAsyncEnumerable<LeftFile> Files(PodRef pod, CancellationToken ct) => AsyncEnumerable.Empty<LeftFile>();

    public Task DiscardLogs(string workloadId, CancellationToken ct)
    {
        lock (gate)
        {
            CheckReach();
            calls.Add($"discard {workloadId}");
        }
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Shells(PodRef pod, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>(["sh"]);

    public Task<WebSocket> OpenShell(PodRef pod, ShellRequest request, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static PodStatus Pod(int run, ReplicaSpec replica) =>
        new() { PodId = replica.PodId, Run = run, Rank = replica.Rank, NodeName = replica.NodeName, Phase = PodPhases.Pending };

    private static string PodPhase(string phase) => phase switch
    {
        RunPhases.Succeeded => PodPhases.Succeeded,
        RunPhases.Failed => PodPhases.Failed,
        RunPhases.Pending => PodPhases.Pending,
        _ => PodPhases.Running,
    };

    private void CheckReach()
    {
        if (isOut)
            throw new IOException("the backend is out of reach");
    }

    private void Gone(string id, int run)
    {
        runs.Remove(id);
        Tell(new RunStatus { WorkloadId = id, Run = run, Phase = RunPhases.Removed });
    }

    private void Tell(RunStatus status)
    {
        if (status.Phase != RunPhases.Removed)
            runs[status.WorkloadId] = status;
        foreach (var watcher in watchers.Where(_ => !IsMute || status.Phase == RunPhases.Removed))
            watcher.Writer.TryWrite(new BackendReport.Change(status));
    }
}
