using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Compares what the rows want with what the backend has, and asks the backend for the difference.</summary>
internal sealed class BackendSync(BackendCalls calls, ClusterInbox inbox, IClusterLease lease)
{
    private readonly Dictionary<string, RunStatus> seen = new(StringComparer.Ordinal);
    private readonly HashSet<(string Id, int Run, bool Remove)> asked = [];

    /// <summary>False until the backend has told all it has, and after it was lost.</summary>
    public bool InTouch { get; private set; }

    /// <summary>Why it is out of touch; "" when it is not, or nothing was heard yet.</summary>
    public string LostReason { get; private set; } = "";

    /// <summary>It was heard of, or tried, and does not answer now.</summary>
    public bool IsLost => !InTouch && LostReason.Length > 0;

    /// <summary>The backend told something, were it only that it is out of reach.</summary>
    public bool HasReported { get; private set; }

    /// <summary>What the backend told that it cannot do.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>After the rows were read anew: nothing is known of what was asked.</summary>
    public void Everything(ClusterState state)
    {
        asked.Clear();
        lock (state.Gate)
        {
            foreach (var entry in state.Entries.Where(IsHeld))
            {
                Refresh(entry);
                inbox.Touch(entry.Row.Id);
            }
        }
    }

    /// <summary>Takes reports in; adds the workloads that they are of.</summary>
    public void Observe(ClusterState state, IReadOnlyList<BackendReport> reports, HashSet<string> dirty)
    {
        foreach (var report in reports)
        {
            switch (report)
            {
                case BackendReport.Change change:
                    Take(change.Run);
                    Tell(state, change.Run, dirty);
                    break;
                case BackendReport.NodesChanged world:
                    state.SetNodes(world.Nodes);
                    break;
                case BackendReport.Snapshot snapshot:
                    TakeAll(state, snapshot, dirty);
                    break;
                case BackendReport.Lost lost:
                    (InTouch, LostReason) = (false, lost.Reason);
                    break;
            }
            HasReported = true;
        }
    }

    /// <summary>Asks the backend for what an entry wants and has not been asked for yet.</summary>
    public void Look(WorkloadEntry? entry, DateTimeOffset now)
    {
        if (entry is null)
            return;
        var row = entry.Row;
        if (WantsRemoval(entry, now))
            Ask(row, remove: true);
        else if (row.IsLive && row.Ending is null && entry.AppliedRun != row.Run)
            Ask(row, remove: false);
    }

    /// <summary>A deleted workload: its logs go too.</summary>
    public void Forget(string id)
    {
        seen.Remove(id);
        asked.RemoveWhere(call => call.Id == id);
        calls.DiscardLogs(id);
    }

    private static bool WantsRemoval(WorkloadEntry entry, DateTimeOffset now) =>
        (entry.Row.Ending is not null && entry.Row.Held != Holding.None) || entry.IsRemovalDue(now);

    private void Ask(ClusterWorkloadRow row, bool remove)
    {
        if (!InTouch || !lease.Acts || !asked.Add((row.Id, row.Run, remove)))
            return;
        if (remove)
            calls.Remove(row.Id);
        else
            calls.Apply(row.Id, row.Run);
    }

    private void TakeAll(ClusterState state, BackendReport.Snapshot snapshot, HashSet<string> dirty)
    {
        (InTouch, LostReason, Problems) = (true, "", snapshot.Problems);
        state.SetNodes(snapshot.Nodes);
        seen.Clear();
        asked.Clear();
        foreach (var run in snapshot.Runs)
            Take(run);
        if (lease.Acts)
            RemoveOrphans(state);
        foreach (var entry in state.Entries.Where(IsHeld))
        {
            Refresh(entry);
            if (entry.Status is null && IsMissing(entry))
                entry.Status = new RunStatus { WorkloadId = entry.Row.Id, Run = entry.Row.Run, Phase = RunPhases.Removed };
            dirty.Add(entry.Row.Id);
        }
    }

    private void RemoveOrphans(ClusterState state)
    {
        foreach (var orphan in seen.Keys.Where(id => state.Find(id) is null).ToList())
            calls.Remove(orphan);
    }

    private static bool IsHeld(WorkloadEntry entry) => entry.Row.Held != Holding.None || entry.Row.Ending is not null;

    /// <summary>The backend had it and has it no more; a run that it was never given is not missing, it is asked for.</summary>
    private static bool IsMissing(WorkloadEntry entry)
    {
        var row = entry.Row;
        return row.Held == Holding.Kept
            || (row.IsLive && (row.Ending is not null || entry.AppliedRun == row.Run || ConditionLog.Has(row.Conditions, ConditionTypes.AdminDispatched, row.Run)));
    }

    private void Take(RunStatus run)
    {
        if (run.Phase == RunPhases.Removed)
            seen.Remove(run.WorkloadId);
        else
            seen[run.WorkloadId] = run;
    }

    private void Tell(ClusterState state, RunStatus run, HashSet<string> dirty)
    {
        if (state.Find(run.WorkloadId) is not { } entry)
            return;
        if (run.Phase == RunPhases.Removed)
            asked.RemoveWhere(call => call.Id == run.WorkloadId);
        entry.Status = run;
        dirty.Add(run.WorkloadId);
    }

    private void Refresh(WorkloadEntry entry)
    {
        entry.Status = seen.GetValueOrDefault(entry.Row.Id);
        if (entry.Status is { IsPartial: false } status && status.Run == entry.Row.Run)
            entry.AppliedRun = entry.Row.Run;
    }
}
