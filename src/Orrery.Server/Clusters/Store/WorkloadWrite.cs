using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Store;

/// <summary>Writes one step, by compare-and-set on the row's version.</summary>
internal static class WorkloadWrite
{
    private static readonly string[] PartTables = ["cluster_pods", "cluster_dependencies", "cluster_node_ports"];

    /// <returns>False when the row had changed: nothing was written.</returns>
    public static async Task<bool> Apply(DbWork work, WorkloadChange change)
    {
        if (change.Delete)
            return await Delete(work, change.Before);
        var after = change.After with { Version = change.Before.Version + 1 };
        if (await work.Execute(
            """
            UPDATE cluster_workloads SET description = @Description, priority = @Priority, replicas = @Replicas, phase = @Phase, message = @Message,
                spec = @Spec, env = @Env, timeout_s = @TimeoutS, started_at = @StartedAt, ended_at = @EndedAt, deleting_at = @DeletingAt, ran_us = @RanUs,
                running_since = @RunningSince, run = @Run, failed_runs = @FailedRuns, held = @Held, ending = @Ending, ending_message = @EndingMessage,
                rollout = @Rollout, not_before = @NotBefore, cron = @Cron, conditions = @Conditions, service_address = @ServiceAddress, version = @Version
            WHERE id = @Id AND version = @Version - 1
            """,
            after) == 0)
            return false;
        change.After = after;
        foreach (var pod in change.Pods)
            await Save(work, pod);
        if (change.Child is { } child)
            await Add(work, child);
        return true;
    }

    private static async Task Add(DbWork work, ClusterWorkloadRow child)
    {
        if (!(await WorkloadInsert.Insert(work, [child]))[0])
            throw new InvalidOperationException($"The id {child.Id} is taken."); // the whole turn starts again, with another id
        await WorkloadExtras.Insert(work, [child]);
    }

    private static Task<int> Save(DbWork work, ClusterPodRow pod) => work.Execute(
        """
        INSERT INTO cluster_pods (workload_id, run, rank, pod_id, node, phase, started_at, ended_at, host_ip, pod_ip, exit_code, reason, message, restarts)
        VALUES (@WorkloadId, @Run, @Rank, @PodId, @Node, @Phase, @StartedAt, @EndedAt, @HostIp, @PodIp, @ExitCode, @Reason, @Message, @Restarts)
        ON CONFLICT (workload_id, run, rank) DO UPDATE SET node = @Node, phase = @Phase, started_at = @StartedAt, ended_at = @EndedAt,
            host_ip = @HostIp, pod_ip = @PodIp, exit_code = @ExitCode, reason = @Reason, message = @Message, restarts = @Restarts
        """,
        pod);

    private static async Task<bool> Delete(DbWork work, ClusterWorkloadRow row)
    {
        if (await work.Find<long?>($"SELECT version FROM cluster_workloads WHERE id = @Id{work.ForUpdate}", row) != row.Version)
            return false;
        foreach (var table in PartTables)
            await work.Execute($"DELETE FROM {table} WHERE workload_id = @Id", row);
        await work.Execute("DELETE FROM cluster_workloads WHERE id = @Id", row);
        await work.Execute("DELETE FROM events WHERE stream = @Id", row);
        await work.Execute("DELETE FROM event_heads WHERE stream = @Id", row);
        return true;
    }
}
