using Dapper;
using Orrery.Server.Deployments;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>Everything that the reconciler decides on, read at one moment.</summary>
internal sealed record WorkloadState(
    WorkloadRow Workload, IReadOnlyList<StageRow> Stages, PlanRow Plan, IReadOnlyDictionary<string, DeploymentRow> Deployments)
{
    public DeploymentRow? DeploymentOf(StageRow stage) => stage.DeploymentId is { } id ? Deployments.GetValueOrDefault(id) : null;
}

/// <summary>Workloads with their stages and plans.</summary>
internal sealed class WorkloadStore(IDatabase database)
{
    public Task<WorkloadRow?> Find(string id, CancellationToken ct) =>
        database.Read(db => db.QueryFirstOrDefaultAsync<WorkloadRow>("SELECT * FROM workloads WHERE id = @id", new { id }), ct);

    public Task<IReadOnlyList<StageRow>> Stages(string id, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<StageRow>)(await db.QueryAsync<StageRow>("SELECT * FROM stages WHERE workload_id = @id ORDER BY idx", new { id })).AsList(), ct);

    public Task<IReadOnlyList<PlanRow>> Plans(string id, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<PlanRow>)(await db.QueryAsync<PlanRow>("SELECT * FROM plans WHERE workload_id = @id ORDER BY revision DESC", new { id })).AsList(), ct);

    /// <summary>The newest plan comes with it; null when there is no such workload.</summary>
    public Task<WorkloadState?> Load(string id, CancellationToken ct) => database.Read(
        async db =>
        {
            var workload = await db.QueryFirstOrDefaultAsync<WorkloadRow>("SELECT * FROM workloads WHERE id = @id", new { id });
            if (workload is null)
                return null;
            var stages = await db.QueryAsync<StageRow>("SELECT * FROM stages WHERE workload_id = @id ORDER BY idx", new { id });
            var plan = await db.QueryFirstAsync<PlanRow>("SELECT * FROM plans WHERE workload_id = @id ORDER BY revision DESC LIMIT 1", new { id });
            var deployments = await db.QueryAsync<DeploymentRow>("SELECT * FROM deployments WHERE workload_id = @id", new { id });
            return new WorkloadState(workload, stages.AsList(), plan, deployments.ToDictionary(row => row.Id, StringComparer.Ordinal));
        },
        ct);

    public Task<IReadOnlyList<string>> Open(CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<string>)(await db.QueryAsync<string>(
            "SELECT id FROM workloads WHERE phase IN ('submitted', 'scheduling', 'dispatching', 'awaiting_report') ORDER BY created_at")).AsList(),
        ct);

    /// <summary>Satellites whose agent was heard of since; those never heard of are not in it.</summary>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> AgentsSeen(string userId, CancellationToken ct) => database.Read(
        async db => (IReadOnlyDictionary<string, DateTimeOffset>)(await db.QueryAsync<(string Satellite, long Seen)>(
            "SELECT satellite_id, MAX(last_seen) FROM agents WHERE satellite_id IS NOT NULL AND (shared OR owner = @userId) GROUP BY satellite_id",
            new { userId })).ToDictionary(row => row.Satellite, row => Microseconds.ToTime(row.Seen), StringComparer.Ordinal),
        ct);
}
