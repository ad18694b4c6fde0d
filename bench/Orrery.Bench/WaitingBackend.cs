using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Bench;

/// <summary>A backend whose pods only wait: <c>RUN_MS</c> of the environment says how long.</summary>
internal sealed class WaitingBackend(TimeProvider clock) : IClusterBackend
{
    private readonly Channel<BackendReport> reports = Channel.CreateUnbounded<BackendReport>();
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>When each run began and ended here, and what it held.</summary>
    public ConcurrentQueue<(long Begun, long Ended, double Cores)> Runs { get; } = new();

    public string Name => "waiting";

    public Task Apply(RunSpec run, CancellationToken ct)
    {
        if (known.TryAdd($"{run.WorkloadId}/{run.Run}", true))
            _ = Wait(run);
        return Task.CompletedTask;
    }

    public Task Remove(string workloadId, CancellationToken ct)
    {
        Tell(new RunStatus { WorkloadId = workloadId, Run = 0, Phase = RunPhases.Removed });
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BackendReport> Watch([EnumeratorCancellation] CancellationToken ct)
    {
        yield return new BackendReport.Snapshot([], [new NodeSpec { Name = "large", Capacity = new Resources(1_000_000_000, long.MaxValue / 4, 0) }], []);
        await foreach (var report in reports.Reader.ReadAllAsync(ct))
            yield return report;
    }

    public async IAsyncEnumerable<PodLine> Logs(PodRef pod, PodLogQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        yield break;
    }

    public IAsyncEnumerable<LeftFile> Files(PodRef pod, CancellationToken ct) => AsyncEnumerable.Empty<LeftFile>();

    public Task DiscardLogs(string workloadId, CancellationToken ct) => Task.CompletedTask;

    public Task<IReadOnlyList<string>> Shells(PodRef pod, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<WebSocket> OpenShell(PodRef pod, ShellRequest request, CancellationToken ct) => throw new NotSupportedException("Waiting pods have no shell.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task Wait(RunSpec run)
    {
        var begun = clock.GetTimestamp();
        Tell(Status(run, RunPhases.Running));
        await Task.Delay(TimeSpan.FromMilliseconds(int.Parse(run.Env["RUN_MS"], CultureInfo.InvariantCulture)), clock);
        Runs.Enqueue((begun, clock.GetTimestamp(), run.Resources.CpuMillis / 1000.0));
        Tell(Status(run, RunPhases.Succeeded));
    }

    private void Tell(RunStatus status) => reports.Writer.TryWrite(new BackendReport.Change(status));

    private static RunStatus Status(RunSpec run, string phase) => new() { WorkloadId = run.WorkloadId, Run = run.Run, Phase = phase };
}
