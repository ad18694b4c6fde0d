using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>A cluster's unfinished workloads and its queue, in memory: a cache of the database that one loop keeps, and others read under its lock.</summary>
internal sealed class ClusterState(SchedulerOptions options)
{
    private readonly Dictionary<string, WorkloadEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkloadEntry> rollouts = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> timers = new();
    private IReadOnlyList<NodeSpec> nodes = [];
    private IReadOnlyList<WorkspaceSpec> workspaces = [];

    public Lock Gate { get; } = new();

    public ClusterScheduler Queue { get; private set; } = new(options);

    public IReadOnlyCollection<WorkloadEntry> Entries => entries.Values;

    /// <summary>Live services whose run is older than their spec.</summary>
    public IReadOnlyCollection<WorkloadEntry> Rollouts => rollouts.Values;

    public WorkloadEntry? Find(string id) => entries.GetValueOrDefault(id);

    /// <summary>Forgets everything; what the database has is put in again.</summary>
    public void Clear()
    {
        entries.Clear();
        rollouts.Clear();
        timers.Clear();
        Queue = new ClusterScheduler(options);
        var (knownNodes, knownWorkspaces) = (nodes, workspaces);
        (nodes, workspaces) = ([], []);
        SetNodes(knownNodes);
        SetWorkspaces(knownWorkspaces);
    }

    /// <summary>Nodes as requests are checked against; replaced whole when nodes change.</summary>
    public IReadOnlyList<NodeFacts> NodeFacts { get; private set; } = [];

    public void SetNodes(IReadOnlyList<NodeSpec> present)
    {
        foreach (var gone in nodes.Select(node => node.Name).Except(present.Select(node => node.Name), StringComparer.Ordinal).ToList())
            Queue.RemoveNode(gone);
        foreach (var node in present.Except(nodes))
            Queue.SetNode(node);
        nodes = present;
        NodeFacts = [.. present.Select(node => new NodeFacts(node.Name, node.Capacity.CpuMillis, node.Capacity.MemoryBytes, node.Capacity.Gpus))];
    }

    public void SetWorkspaces(IReadOnlyList<WorkspaceSpec> present)
    {
        foreach (var gone in workspaces.Select(workspace => workspace.Id).Except(present.Select(workspace => workspace.Id), StringComparer.Ordinal).ToList())
            Queue.RemoveWorkspace(gone);
        foreach (var workspace in present.Except(workspaces))
            Queue.SetWorkspace(workspace);
        workspaces = present;
    }

    /// <summary>Makes entry and queue reflect a row. Calling it again with the same row changes nothing.</summary>
    /// <param name="row">As committed, or about to be.</param>
    /// <param name="liveNodes">Nodes of its live run by rank, when it has one that is not known here yet.</param>
    /// <param name="dependencies">How its dependencies stand, when that was read anew.</param>
    public WorkloadEntry Put(ClusterWorkloadRow row, IReadOnlyList<string>? liveNodes = null, DependencyState? dependencies = null)
    {
        if (!entries.TryGetValue(row.Id, out var entry))
            entries[row.Id] = entry = new WorkloadEntry(row);
        var before = entry.Row;
        entry.Row = row;
        if (row.Run > before.Run && entry.Status is { Phase: RunPhases.Removed })
            entry.Status = null; // said of an earlier run: the new one is not gone
        if (liveNodes is not null)
            entry.Nodes = liveNodes;
        entry.Dependencies = dependencies ?? entry.Dependencies;
        if (row.IsLive)
            Runs(entry, before);
        else if (row.Phase == ClusterPhase.Pending && row.Ending is null && !row.IsTemplate)
            Waits(entry, before);
        else
            Leaves(entry);
        if (row is { Rollout: true, IsLive: true, Ending: null })
            rollouts[row.Id] = entry;
        else
            rollouts.Remove(row.Id);
        Schedule(entry);
        if (!row.IsOpen)
            entries.Remove(row.Id);
        return entry;
    }

    /// <summary>The row is gone.</summary>
    public void Remove(string id)
    {
        rollouts.Remove(id);
        if (entries.Remove(id, out _) && Queue.Contains(id))
            Queue.Release(id, succeeded: false);
    }

    /// <summary>Ids whose time has come.</summary>
    public List<string> Due(DateTimeOffset now)
    {
        var due = new List<string>();
        while (timers.TryPeek(out var id, out var at) && at <= now)
        {
            timers.Dequeue();
            due.Add(id);
        }
        return due;
    }

    public DateTimeOffset? NextTimer => timers.TryPeek(out _, out var at) ? at : null;

    private void Waits(WorkloadEntry entry, ClusterWorkloadRow before)
    {
        var known = Queue.Contains(entry.Row.Id);
        if (known && !Queue.IsRunning(entry.Row.Id) && SameDemand(before, entry.Row) && ReferenceEquals(entry.Job?.DependsOn, entry.Dependencies.Open))
            return;
        var job = JobFactory.Waiting(entry.Row, entry.Dependencies.Open);
        if (!known)
            Queue.Submit(job);
        else if (Queue.IsRunning(entry.Row.Id))
            Queue.Requeue(entry.Row.Id, job);
        else
            Queue.Update(job);
        (entry.Job, entry.Nodes) = (job, []);
    }

    private void Runs(WorkloadEntry entry, ClusterWorkloadRow before)
    {
        if (!Queue.IsRunning(entry.Row.Id))
        {
            var job = JobFactory.Running(entry.Row, entry.Nodes.Count);
            Queue.Restore(job, entry.Nodes, entry.Row.RunningSince);
            entry.Job = job;
        }
        else if (before.Priority != entry.Row.Priority || before.TimeoutS != entry.Row.TimeoutS)
        {
            entry.Job = entry.Job! with { Priority = entry.Row.Priority, Timeout = JobFactory.Timeout(entry.Row) };
            Queue.Update(entry.Job);
        }
        if (entry.Row.RunningSince is { } since && before.RunningSince is null)
            Queue.Started(entry.Row.Id, since);
    }

    private void Leaves(WorkloadEntry entry)
    {
        if (Queue.Contains(entry.Row.Id))
            Queue.Release(entry.Row.Id, entry.Row.Phase == ClusterPhase.Succeeded);
        (entry.Job, entry.Nodes) = (null, []);
    }

    private void Schedule(WorkloadEntry entry)
    {
        var row = entry.Row;
        if (row.IsLive && row.TimeoutS > 0 && row.RunningSince is { } since)
            timers.Enqueue(row.Id, since.AddSeconds(row.TimeoutS) - TimeSpan.FromMicroseconds(row.RanUs));
        if (row.IsEnded && row.Held == Holding.Kept)
            timers.Enqueue(row.Id, row.EndedAt!.Value.AddSeconds(JobFactory.Spec(row).TtlS));
        if (row.NotBefore is { } firing && row.Phase == ClusterPhase.Pending && row.IsTemplate)
            timers.Enqueue(row.Id, firing);
    }

    private static bool SameDemand(ClusterWorkloadRow a, ClusterWorkloadRow b) =>
        ReferenceEquals(a, b) || (a.Spec == b.Spec && a.Priority == b.Priority && a.TimeoutS == b.TimeoutS && a.NotBefore == b.NotBefore && a.RanUs == b.RanUs);
}
