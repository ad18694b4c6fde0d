using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>How a run's end moves its workload: to its own end, or back into the queue.</summary>
internal static class RunEnds
{
    public static void End(WorkloadChange change, RunStatus status, ClusterTrigger trigger)
    {
        var removed = status.Phase == RunPhases.Removed;
        var row = change.After = change.After with { Held = removed ? Holding.None : Holding.Kept, StartedAt = change.After.StartedAt ?? StartOf(status) ?? change.Now };
        if (trigger == ClusterTrigger.RunSucceeded)
        {
            Finish(change, trigger, ConditionTypes.K8sSucceeded, status.Message);
            return;
        }
        var why = removed ? "its pods were removed by someone else" : status.Message;
        var retries = JobFactory.Spec(row).MaxRetry;
        if (row.FailedRuns >= retries || WorkloadKinds.IsService(row.Kind))
        {
            change.After = row with { FailedRuns = row.FailedRuns + 1 };
            Finish(change, trigger, ConditionTypes.K8sFailed, why);
            return;
        }
        var failed = row.FailedRuns + 1;
        var wait = Backoff.After(failed);
        change.After = row with { FailedRuns = failed, NotBefore = change.Now + wait };
        change.Condition(ConditionTypes.K8sFailed, why);
        Requeue(change, ClusterTrigger.RunRetried, $"run {row.Run} failed ({why}); retry {failed} of {retries} in {wait.TotalSeconds:0} s");
    }

    public static void BackToQueue(WorkloadChange change, string why)
    {
        change.After = change.After with { NotBefore = null };
        Requeue(change, ClusterTrigger.Preempted, why);
    }

    public static void Finish(WorkloadChange change, ClusterTrigger trigger, string condition, string message)
    {
        Account(change);
        if (!change.Move(trigger))
            return; // it had ended already; only what was left of it is gone now
        change.After = change.After with { EndedAt = change.Now, Message = message };
        change.Condition(condition, message);
    }

    private static void Requeue(WorkloadChange change, ClusterTrigger trigger, string why)
    {
        Account(change);
        change.Move(trigger);
        change.After = change.After with { Message = why };
        change.Condition(ConditionTypes.AdminFailover, why);
    }

    private static void Account(WorkloadChange change) =>
        change.After = change.After with { RanUs = (long)change.After.Ran(change.Now).TotalMicroseconds, RunningSince = null };

    private static DateTimeOffset? StartOf(RunStatus status) => status.Pods.Min(pod => pod.StartTime);
}
