using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>One level-triggered step of a workload: from its row and what its backend shows to the row that follows. Pure.</summary>
internal static class WorkloadStep
{
    /// <param name="entry">The workload.</param>
    /// <param name="now">When.</param>
    /// <returns>Null when there is nothing to do.</returns>
    public static WorkloadChange? Next(WorkloadEntry entry, DateTimeOffset now)
    {
        var change = new WorkloadChange(entry.Row, now);
        if (entry.Row.Ending is null)
        {
            if (entry.Row.Phase == ClusterPhase.Pending && !entry.Row.IsLive && entry.Dependencies.Failed is { } failed)
                return Admissions.FailForDependency(entry.Row, failed, entry.Dependencies.How, now);
            Observe(change, entry);
            EndWhenTimedOut(change);
        }
        else
        {
            PodSteps.Observe(change, entry);
        }
        FinishEnding(change, entry);
        return change.IsEmpty ? null : change;
    }

    private static void Observe(WorkloadChange change, WorkloadEntry entry)
    {
        var row = change.After;
        if (row.IsLive && IsDispatched(entry) && !ConditionLog.Has(row.Conditions, ConditionTypes.AdminDispatched, row.Run))
            change.Condition(ConditionTypes.AdminDispatched, "the cluster has it");
        if (entry.Status is not { } status)
            return;
        if (!row.IsLive && row.Held == Holding.Kept && status.Phase == RunPhases.Removed && status.Run <= row.Run)
            change.After = change.After with { Held = Holding.None }; // of an earlier run: it never had this one
        if (status.Run != row.Run)
            return;
        PodSteps.Observe(change, entry);
        if (row.IsLive)
            Live(change, status);
    }

    /// <summary>The backend has the run: it has said so, or shows its pods, which may even be over by then.</summary>
    private static bool IsDispatched(WorkloadEntry entry) =>
        entry.AppliedRun == entry.Row.Run || (entry.Status is { IsPartial: false, Pods.Count: > 0 } status && status.Run == entry.Row.Run);

    private static void Live(WorkloadChange change, RunStatus status)
    {
        if (status.ServiceAddress != change.After.ServiceAddress)
            change.After = change.After with { ServiceAddress = status.ServiceAddress };
        if (status.Unplaceable is { } why)
        {
            change.After = change.After with { Ending = EndingReason.Preempt, EndingMessage = $"back in the queue: {why}" };
            change.Event("cluster_workload.unplaceable", new { run = change.Before.Run, reason = why });
            return;
        }
        if (ClusterPhase.Of(status.Phase) is not { } trigger)
            return;
        if (trigger is ClusterTrigger.RunFailed or ClusterTrigger.RunSucceeded)
        {
            RunEnds.End(change, status, trigger);
            return;
        }
        if (!change.Move(trigger))
            return;
        var (now, row) = (change.Now, change.After);
        change.After = row with
        {
            StartedAt = row.StartedAt ?? now,
            RanUs = ClusterPhase.Counts(row.Phase) ? row.RanUs : (long)row.Ran(now).TotalMicroseconds,
            RunningSince = ClusterPhase.Counts(row.Phase) ? row.RunningSince ?? now : null,
            Message = status.Message,
        };
        change.Condition(ConditionOf(trigger), string.Join("; ", status.Warnings.Prepend(status.Message).Where(text => text.Length > 0)));
    }

    private static string ConditionOf(ClusterTrigger trigger) => trigger switch
    {
        ClusterTrigger.RunReady => ConditionTypes.K8sRunning,
        ClusterTrigger.RunUpdating => ConditionTypes.K8sUpdating,
        _ => ConditionTypes.K8sNotReady,
    };

    private static void EndWhenTimedOut(WorkloadChange change)
    {
        var row = change.After;
        if (!row.IsLive || row.TimeoutS == 0 || row.RunningSince is null || row.Ran(change.Now) < TimeSpan.FromSeconds(row.TimeoutS))
            return;
        change.After = row with { Ending = EndingReason.Timeout, EndingMessage = $"timed out: it ran for its timeout of {row.TimeoutS} s" };
        change.Event("cluster_workload.timed_out", new { run = row.Run, timeout = row.TimeoutS });
    }

    /// <summary>Once nothing of it is left at the backend, an ending comes true.</summary>
    private static void FinishEnding(WorkloadChange change, WorkloadEntry entry)
    {
        var row = change.After;
        if (row.Ending is null || (row.Held != Holding.None && !IsGone(entry)))
            return;
        change.After = row with { Held = Holding.None, Ending = null, EndingMessage = null };
        switch (change.Before.Ending ?? EndingReason.Timeout)
        {
            case EndingReason.Delete:
                change.Delete = true;
                break;
            case EndingReason.Preempt:
                RunEnds.BackToQueue(change, change.Before.EndingMessage ?? "preempted");
                break;
            case EndingReason.Timeout:
                RunEnds.Finish(change, ClusterTrigger.TimedOut, ConditionTypes.AdminStopped, change.Before.EndingMessage ?? "timed out");
                break;
            default:
                RunEnds.Finish(change, ClusterTrigger.StopRequested, ConditionTypes.AdminStopped, change.Before.EndingMessage ?? "stopped");
                break;
        }
    }

    private static bool IsGone(WorkloadEntry entry) =>
        entry.Status is { Phase: RunPhases.Removed } status && (status.Run == 0 || status.Run >= entry.Row.Run); // 0: it never had any
}
