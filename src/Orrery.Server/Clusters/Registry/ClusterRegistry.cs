using Dapper;
using Orrery.Server.Events;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Registry;

/// <summary>Clusters in the database.</summary>
internal sealed class ClusterRegistry(IDatabase database)
{
    public Task<IReadOnlyList<ClusterRow>> All(CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<ClusterRow>)(await db.QueryAsync<ClusterRow>("SELECT * FROM clusters ORDER BY created_at, id")).AsList(), ct);

    /// <returns>False when the id, or a local cluster's data folder, is taken.</returns>
    public Task<bool> Add(ClusterRow cluster, string actor, CancellationToken ct) => database.Write(
        async work =>
        {
            if (await work.Execute(
                """
                INSERT INTO clusters (id, backend, owner, instance, server, kubeconfig, context, uid, created_at, version)
                VALUES (@Id, @Backend, @Owner, @Instance, @Server, @Kubeconfig, @Context, @Uid, @CreatedAt, @Version) ON CONFLICT DO NOTHING
                """,
                cluster) == 0)
                return false;
            await EventLog.Append(work, [ServerEvents.Audit(Subjects.Cluster, cluster.Id, "cluster.registered", new { backend = cluster.Backend, server = cluster.Server }, cluster.CreatedAt, actor)]);
            return true;
        },
        ct);

    /// <summary>The same cluster, reached in another way.</summary>
    /// <returns>False when it is not there, or the configuration says how it is reached.</returns>
    public Task<bool> Replace(ClusterRow cluster, string actor, DateTimeOffset now, CancellationToken ct) => database.Write(
        async work =>
        {
            if (await work.Execute(
                "UPDATE clusters SET server = @Server, kubeconfig = @Kubeconfig, context = @Context, uid = @Uid, version = version + 1 WHERE id = @Id AND kubeconfig IS NOT NULL",
                cluster) == 0)
                return false;
            await EventLog.Append(work, [ServerEvents.Audit(Subjects.Cluster, cluster.Id, "cluster.credentials_replaced", new { server = cluster.Server }, now, actor)]);
            return true;
        },
        ct);

    /// <summary>What tells a cluster from others; kept when nothing is yet.</summary>
    /// <returns>What is kept.</returns>
    public Task<string?> Identify(string id, string uid, CancellationToken ct) => database.Write(
        async work =>
        {
            await work.Execute("UPDATE clusters SET uid = @uid WHERE id = @id AND uid = ''", new { id, uid });
            return await work.Scalar<string?>("SELECT uid FROM clusters WHERE id = @id", new { id });
        },
        ct);

    /// <returns>How many workspaces it still has; 0: it was deleted.</returns>
    public Task<long> Delete(string id, string actor, DateTimeOffset now, CancellationToken ct) => database.Write(
        async work =>
        {
            var left = await work.Scalar<long>("SELECT COUNT(*) FROM workspaces WHERE cluster_id = @id", new { id });
            if (left > 0)
                return left;
            await work.Execute("DELETE FROM clusters WHERE id = @id", new { id });
            await EventLog.Append(work, [ServerEvents.Audit(Subjects.Cluster, id, "cluster.deleted", new { }, now, actor)]);
            return 0;
        },
        ct);
}
