using Orrery.Scheduling;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Turns a pass of the queue into steps of workloads.</summary>
internal static class Admissions
{
    public static WorkloadChange Admit(ClusterWorkloadRow row, IReadOnlyList<string> nodes, DateTimeOffset now)
    {
        var change = new WorkloadChange(row, now);
        var run = row.Run + 1;
        change.After = row with { Run = run, Held = Holding.Live, NotBefore = null, Message = "" };
        Place(change, nodes);
        change.Condition(ConditionTypes.AdminScheduled, $"{nodes.Count} {(nodes.Count == 1 ? "replica" : "replicas")} on {string.Join(", ", nodes.Distinct(StringComparer.Ordinal).Take(10))}");
        return change;
    }

    /// <summary>A live service takes its newer spec as a run of its own.</summary>
    public static WorkloadChange Roll(ClusterWorkloadRow row, IReadOnlyList<string> nodes, DateTimeOffset now)
    {
        var change = new WorkloadChange(row, now);
        change.After = row with { Run = row.Run + 1, Rollout = false };
        Place(change, nodes);
        change.Move(ClusterTrigger.RunUpdating);
        change.Condition(ConditionTypes.K8sUpdating, $"rolls to run {change.After.Run}, {nodes.Count} replicas");
        return change;
    }

    public static WorkloadChange Preempt(ClusterWorkloadRow row, Preemption preemption, DateTimeOffset now)
    {
        var change = new WorkloadChange(row, now);
        var message = $"{preemption.Reason} (made room for {preemption.ForJobId})";
        change.After = row with { Ending = EndingReason.Preempt, EndingMessage = message };
        change.Event("cluster_workload.preempted", new { run = row.Run, by = preemption.ForJobId, reason = preemption.Reason });
        return change;
    }

    public static WorkloadChange FailForDependency(ClusterWorkloadRow row, string dependencyId, string how, DateTimeOffset now)
    {
        var change = new WorkloadChange(row, now);
        RunEnds.Finish(change, ClusterTrigger.DependencyFailed, ConditionTypes.AdminFailed, $"its dependency {dependencyId} {how}");
        return change;
    }

    private static void Place(WorkloadChange change, IReadOnlyList<string> nodes)
    {
        for (var rank = 0; rank < nodes.Count; rank++)
            change.Pods.Add(PodSteps.Admitted(change.Before.Id, change.After.Run, rank, nodes[rank]));
    }
}
