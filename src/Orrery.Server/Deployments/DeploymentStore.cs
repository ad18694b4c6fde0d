using Dapper;
using Orrery.Contracts.Deployments;
using Orrery.Server.Identity;
using Orrery.Server.Storage;

namespace Orrery.Server.Deployments;

/// <summary>Reads deployments for those who may see them.</summary>
internal sealed class DeploymentStore(IDatabase database)
{
    private const string Visible = "(@admin OR user_id = @user)";

    public Task<DeploymentRow?> Find(string id, CancellationToken ct) =>
        database.Read(db => db.QueryFirstOrDefaultAsync<DeploymentRow>("SELECT * FROM deployments WHERE id = @id", new { id }), ct);

    public Task<DeploymentRow?> FindByPlan(string planId, CancellationToken ct) =>
        database.Read(db => db.QueryFirstOrDefaultAsync<DeploymentRow>("SELECT * FROM deployments WHERE plan_id = @planId", new { planId }), ct);

    public Task<DeploymentRow?> FirstOf(string workloadId, CancellationToken ct) => database.Read(
        db => db.QueryFirstOrDefaultAsync<DeploymentRow>("SELECT * FROM deployments WHERE workload_id = @workloadId ORDER BY created_at LIMIT 1", new { workloadId }), ct);

    public Task<DeploymentPage> List(Principal caller, int offset, int limit, CancellationToken ct) => database.Read(
        async db =>
        {
            var who = new { admin = caller.IsAdmin, user = caller.UserId, offset, limit };
            var total = await db.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM deployments WHERE {Visible}", who);
            var rows = await db.QueryAsync<DeploymentRow>(
                $"SELECT * FROM deployments WHERE {Visible} ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @offset", who);
            return new DeploymentPage([.. rows.Select(View)], total, offset, limit);
        },
        ct);

    /// <summary>A user sees their own, an admin all, an agent those that it was given.</summary>
    public static bool MaySee(Principal caller, DeploymentRow row) =>
        caller.Kind == KeyKind.User
            ? caller.IsAdmin || row.UserId == caller.UserId
            : row.AgentRef == $"{caller.UserId}/{caller.AgentId}";

    public static DeploymentView View(DeploymentRow row) => new()
    {
        Id = row.Id,
        PlanId = row.PlanId,
        WorkloadId = row.WorkloadId,
        Stage = row.Stage,
        Attempt = row.Attempt,
        SatelliteId = row.SatelliteId,
        Mode = row.Mode,
        Status = row.Status,
        AgentId = row.AgentId,
        Error = row.Error,
        CreatedAt = row.CreatedAt,
        DispatchedAt = row.DispatchedAt,
        FinishedAt = row.FinishedAt,
    };
}
