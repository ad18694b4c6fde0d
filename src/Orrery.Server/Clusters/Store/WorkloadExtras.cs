using Orrery.Server.Clusters.Loop;
using Orrery.Server.Events;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Store;

/// <summary>What comes with a new row: its first event, its dependencies.</summary>
internal static class WorkloadExtras
{
    public static async Task Insert(DbWork work, IReadOnlyList<ClusterWorkloadRow> rows)
    {
        await EventLog.AppendFirst(work, [.. rows.Select(Created)]);
        foreach (var row in rows.Where(row => row.HasDependencies))
        {
            foreach (var target in JobFactory.Spec(row).Dependencies)
                await work.Execute("INSERT INTO cluster_dependencies (workload_id, depends_on) VALUES (@Id, @target)", new { row.Id, target });
        }
        foreach (var (row, port) in rows.Select(row => (row, Port: NodePort(row))).Where(pair => pair.Port > 0))
            await work.Execute("UPDATE cluster_node_ports SET workload_id = @Id WHERE cluster_id = @ClusterId AND port = @port", new { row.Id, row.ClusterId, port });
    }

    private static int NodePort(ClusterWorkloadRow row) => row.Spec.Contains("NodePort\"", StringComparison.Ordinal) && JobFactory.Spec(row).Service is { ServiceType: "NodePort" } service ? service.NodePort : 0;

    private static EventRow Created(ClusterWorkloadRow row) => ServerEvents.ClusterWorkload(
        row.Id,
        "cluster_workload.created",
        new { workspace = row.WorkspaceId, kind = row.Kind, replicas = row.Replicas, priority = row.Priority, parent = row.ParentId },
        row.CreatedAt,
        row.ParentId is null ? $"user:{row.UserId}" : ServerEvents.Actor);
}
