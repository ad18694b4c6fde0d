using Dapper;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Events;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Store;

/// <summary>Cluster workloads and their pods in the database.</summary>
/// <param name="database">Where they are.</param>
/// <param name="index">Is told of each commit; null: lists ask the database.</param>
internal sealed class ClusterStore(IDatabase database, WorkloadIndex? index = null)
{
    private const int Chunk = 500;

    /// <summary>All but the large texts.</summary>
    private const string IndexColumns =
        """
        id, uid, workspace_id, cluster_id, user_id, user_name, display_name, description, kind, priority, replicas, phase, message, timeout_s,
        created_at, started_at, ended_at, deleting_at, ran_us, running_since, run, failed_runs, not_before, cron, held, ending, parent_id, version
        """;

    private const string Open = "(ended_at IS NULL OR held <> 'none' OR ending IS NOT NULL)";

    public Task<ClusterWorkloadRow?> Find(string id, CancellationToken ct) => database.Read(
        db => db.QueryFirstOrDefaultAsync<ClusterWorkloadRow>("SELECT * FROM cluster_workloads WHERE id = @id", new { id }), ct);

    /// <summary>Those of the ids that there are.</summary>
    public Task<IReadOnlyList<ClusterWorkloadRow>> Find(IReadOnlyCollection<string> ids, CancellationToken ct) => database.Read(
        async db =>
        {
            var found = new List<ClusterWorkloadRow>(ids.Count);
            foreach (var chunk in ids.Chunk(Chunk))
                found.AddRange(await db.QueryAsync<ClusterWorkloadRow>($"SELECT * FROM cluster_workloads WHERE id {database.Dialect.In("@chunk")}", new { chunk }));
            return (IReadOnlyList<ClusterWorkloadRow>)found;
        },
        ct);

    public Task<IReadOnlyList<ClusterPodRow>> Pods(string id, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<ClusterPodRow>)(await db.QueryAsync<ClusterPodRow>(
            "SELECT * FROM cluster_pods WHERE workload_id = @id ORDER BY run, rank", new { id })).AsList(),
        ct);

    /// <summary>Everything of a cluster that is not over and done.</summary>
    public Task<IReadOnlyList<ClusterWorkloadRow>> Unfinished(string clusterId, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<ClusterWorkloadRow>)(await db.QueryAsync<ClusterWorkloadRow>(
            $"SELECT * FROM cluster_workloads WHERE cluster_id = @clusterId AND {Open} ORDER BY created_at, id", new { clusterId })).AsList(),
        ct);

    /// <summary>Id and version of the same: what a lost signal left out shows here.</summary>
    public Task<IReadOnlyList<(string Id, long Version)>> Versions(string clusterId, CancellationToken ct) => index is not null
        ? Task.FromResult(index.Open(clusterId))
        : database.Read(
            async db => (IReadOnlyList<(string, long)>)(await db.QueryAsync<(string, long)>(
                $"SELECT id, version FROM cluster_workloads WHERE cluster_id = @clusterId AND {Open}", new { clusterId })).AsList(),
            ct);

    /// <summary>Pods of the newest run of each, and what has not ended of earlier ones.</summary>
    public Task<IReadOnlyList<ClusterPodRow>> LivePods(IReadOnlyCollection<string> ids, CancellationToken ct) => database.Read(
        async db =>
        {
            var found = new List<ClusterPodRow>();
            foreach (var chunk in ids.Chunk(Chunk))
            {
                found.AddRange(await db.QueryAsync<ClusterPodRow>(
                    $"""
                     SELECT p.* FROM cluster_pods p JOIN cluster_workloads w ON w.id = p.workload_id AND (w.run = p.run OR p.ended_at IS NULL)
                     WHERE p.workload_id {database.Dialect.In("@chunk")} ORDER BY p.workload_id, p.run, p.rank
                     """,
                    new { chunk }));
            }
            return (IReadOnlyList<ClusterPodRow>)found;
        },
        ct);

    /// <summary>How those ended that have: id → succeeded.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Phases(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return new Dictionary<string, string>();
        return await database.Read(
            async db => (IReadOnlyDictionary<string, string>)(await db.QueryAsync<(string Id, string Phase)>(
                $"SELECT id, phase FROM cluster_workloads WHERE id {database.Dialect.In("@ids")}", new { ids = ids.ToArray() })).ToDictionary(row => row.Id, row => row.Phase),
            ct);
    }

    /// <summary>Workloads that ended before a time, of which a backend holds nothing and on which nothing unfinished depends.</summary>
    public Task<IReadOnlyList<ClusterWorkloadRow>> EndedBefore(DateTimeOffset time, int limit, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<ClusterWorkloadRow>)(await db.QueryAsync<ClusterWorkloadRow>(
            """
            SELECT * FROM cluster_workloads w WHERE ended_at < @time AND held = 'none' AND ending IS NULL AND NOT EXISTS (
                SELECT 1 FROM cluster_dependencies d JOIN cluster_workloads o ON o.id = d.workload_id WHERE d.depends_on = w.id AND o.ended_at IS NULL)
            ORDER BY ended_at LIMIT @limit
            """,
            new { time, limit })).AsList(),
        ct);

    public Task<bool> HasOpenChild(string parentId, CancellationToken ct) => database.Read(
        async db => await db.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM cluster_workloads WHERE parent_id = @parentId AND ended_at IS NULL", new { parentId }) > 0,
        ct);

    /// <summary>Once, before anything is asked or written.</summary>
    public async Task LoadIndex(CancellationToken ct)
    {
        if (index is null)
            return;
        index.Load(await database.Read(db => db.QueryAsync<ClusterWorkloadRow>($"SELECT {IndexColumns} FROM cluster_workloads"), ct));
    }

    /// <summary>Workloads that another part has just committed as new.</summary>
    public void Added(IReadOnlyList<ClusterWorkloadRow> rows) => index?.Add(rows);

    /// <summary>Commits steps together; each only if its row is still the one it was made from.</summary>
    /// <returns>The ids whose rows had changed: nothing of theirs was written.</returns>
    public Task<IReadOnlyList<string>> Commit(IReadOnlyList<WorkloadChange> changes, CancellationToken ct) => Commit(changes, OwnLease.Instance, ct);

    /// <summary>The same by a right that another server may have by now.</summary>
    /// <exception cref="LeaseLostException">It has; nothing was written.</exception>
    public async Task<IReadOnlyList<string>> Commit(IReadOnlyList<WorkloadChange> changes, IClusterLease lease, CancellationToken ct)
    {
        var lost = await database.Write(
            async work =>
            {
                await lease.Check(work);
                return await Write(work, changes);
            },
            ct);
        if (index is not null)
        {
            var written = changes.Where(change => !lost.Contains(change)).ToList();
            index.Add([.. written.Select(change => change.Child).OfType<ClusterWorkloadRow>()]);
            index.Take(written);
        }
        return [.. lost.Select(change => change.Before.Id)];
    }

    private static async Task<HashSet<WorkloadChange>> Write(DbWork work, IReadOnlyList<WorkloadChange> changes)
    {
        var lost = new HashSet<WorkloadChange>();
        var events = new List<EventRow>();
        foreach (var change in changes)
        {
            if (await WorkloadWrite.Apply(work, change))
                events.AddRange(change.Events);
            else
                lost.Add(change);
        }
        await EventLog.Append(work, events);
        return lost;
    }
}
