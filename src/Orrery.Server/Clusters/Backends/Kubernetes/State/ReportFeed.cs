using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Orrery.Contracts.Runs;
using Orrery.Scheduling;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>Tells what has changed of a cluster's runs and nodes since it was told last. Everything about a workload is called under its gate.</summary>
/// <param name="cache">What is known.</param>
/// <param name="unplaceableAfter">How long a pod may wait for a node.</param>
/// <param name="clock">The time.</param>
internal sealed class ReportFeed(ClusterCache cache, TimeSpan unplaceableAfter, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TrackedWorkload> waiting = new(StringComparer.Ordinal);
    private volatile ChannelWriter<BackendReport>? reports;
    private volatile bool isOpening;
    private IReadOnlyList<NodeSpec> nodes = [];

    /// <summary>Before all kinds are known nothing is concluded from what is missing.</summary>
    public bool IsOpen => reports is not null;

    /// <summary>Pods of theirs wait for a node: with the time alone they change.</summary>
    public IEnumerable<TrackedWorkload> Waiting => waiting.Values;

    /// <summary>Everything there is. From now on changes are told; of what changes meanwhile only that something is removed: each workload is to be told once more.</summary>
    public BackendReport.Snapshot Open(ChannelWriter<BackendReport> to)
    {
        isOpening = true; // what is told now would come after the snapshot, and be older
        reports = to;
        nodes = cache.ReadNodes();
        var runs = new List<RunStatus>();
        foreach (var workload in cache.Workloads)
        {
            lock (workload.Gate)
            {
                if (workload.HasObjects && Read(workload) is { } status)
                    runs.Add(status);
            }
        }
        isOpening = false;
        return new BackendReport.Snapshot(runs, nodes, []);
    }

    public void Close() => reports = null;

    /// <summary>Unless it stands as it was told last.</summary>
    public void Tell(TrackedWorkload workload)
    {
        if (reports is not { } to || isOpening)
            return;
        var before = workload.LastTold;
        if (Read(workload) is { } status && before != workload.LastTold)
            to.TryWrite(new BackendReport.Change(status));
    }

    /// <summary>Nothing is left of it.</summary>
    public void Drop(TrackedWorkload workload, int run)
    {
        cache.Drop(workload, run);
        waiting.TryRemove(workload.Id, out _);
        TellRemoved(workload.Id);
    }

    public void TellRemoved(string workloadId) => reports?.TryWrite(new BackendReport.Change(Removed(workloadId, cache.RemovedRun(workloadId))));

    public void TellNodes()
    {
        if (reports is not { } to || cache.ReadNodes() is not { } now || ReferenceEquals(now, nodes))
            return;
        nodes = now;
        to.TryWrite(new BackendReport.NodesChanged(now));
    }

    /// <returns>Null when nothing is known of it.</returns>
    private RunStatus? Read(TrackedWorkload workload)
    {
        var isKnown = workload.HasObjects || workload.Wanted is not null; // how pods ended that another server asked for, that one has told
        if (!isKnown && workload.LastRun == 0)
            return null;
        var status = isKnown ? WorkloadReader.Read(workload, clock.GetUtcNow(), unplaceableAfter) : Removed(workload.Id, workload.LastRun);
        (workload.LastTold, workload.LastRun) = (JsonSerializer.Serialize(status, RunsJson.Default.RunStatus), status.Run);
        if (status is { Phase: RunPhases.Pending, Unplaceable: null } && WorkloadReader.GivesUpAt(workload, TimeSpan.Zero) is not null)
            waiting[workload.Id] = workload;
        else
            waiting.TryRemove(workload.Id, out _);
        return status;
    }

    private static RunStatus Removed(string workloadId, int run) => new() { WorkloadId = workloadId, Run = run, Phase = RunPhases.Removed };
}
