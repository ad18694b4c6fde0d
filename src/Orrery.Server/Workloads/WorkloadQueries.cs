using System.Text;
using System.Text.Json;
using Dapper;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Server.Artifacts;
using Orrery.Server.Errors;
using Orrery.Server.Identity;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Workloads;

/// <summary>What a caller asks of the list.</summary>
internal sealed record WorkloadFilter(
    string? Phase, string? Class, string? Type, string? Label, DateTimeOffset? Since, DateTimeOffset? Until, int Limit, int Offset);

/// <summary>Workloads as their users see them.</summary>
internal sealed class WorkloadQueries(IDatabase database, WorkloadStore store, ArtifactStore artifacts, ProgramEnv env)
{
    public async Task<WorkloadView> Get(string id, Principal caller, CancellationToken ct)
    {
        var row = await Visible(id, caller, ct);
        var result = row.Phase == WorkloadPhase.Done ? await artifacts.Manifest(id, ct) : null;
        return View(row, await store.Stages(id, ct), (await store.Plans(id, ct))[0], result);
    }

    /// <exception cref="ApiException">not_found: there is none that the caller may see.</exception>
    public async Task<WorkloadRow> Visible(string id, Principal caller, CancellationToken ct) =>
        await store.Find(id, ct) is { } row && caller.MaySee(row.UserId) ? row : throw Refuse.NotFound("workload", id);

    public async Task<WorkloadPage> List(WorkloadFilter filter, Principal caller, CancellationToken ct)
    {
        var (where, args) = Where(filter, caller);
        var (rows, total) = await database.Read(
            async db =>
            {
                var total = await db.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM workloads WHERE {where}", args);
                var rows = (await db.QueryAsync<WorkloadRow>(
                    $"SELECT * FROM workloads WHERE {where} ORDER BY created_at DESC, id DESC LIMIT @limit OFFSET @offset", args)).AsList();
                return (rows, total);
            },
            ct);
        var ids = rows.Select(row => row.Id).ToArray();
        var stages = (await database.Read(
            db => db.QueryAsync<StageRow>($"SELECT * FROM stages WHERE workload_id {database.Dialect.In("@ids")} ORDER BY idx", new { ids }), ct)).ToLookup(stage => stage.WorkloadId);
        var results = await artifacts.Manifests([.. rows.Where(row => row.Phase == WorkloadPhase.Done).Select(row => row.Id)], ct);
        return new WorkloadPage(
            [.. rows.Select(row => View(row, [.. stages[row.Id]], null, results.GetValueOrDefault(row.Id)))], total, filter.Limit, filter.Offset, filter.Offset + rows.Count < total);
    }

    public async Task<StagesResponse> Stages(string id, Principal caller, CancellationToken ct)
    {
        await Visible(id, caller, ct);
        return new StagesResponse(id, [.. (await store.Stages(id, ct)).Select(View)]);
    }

    public async Task<PlanHistoryView> Plan(string id, Principal caller, CancellationToken ct)
    {
        await Visible(id, caller, ct);
        var plans = await store.Plans(id, ct);
        return new PlanHistoryView(
            id,
            PlanMapping.View(PlanWriter.Read(plans[0])),
            [.. plans.Skip(1).Select(row => new PlanRevisionView(row.Revision, row.CreatedAt, row.ReplacedBecause, PlanMapping.View(PlanWriter.Read(row))))]);
    }

    private static (string Where, DynamicParameters Args) Where(WorkloadFilter filter, Principal caller)
    {
        var where = new StringBuilder("1 = 1");
        var args = new DynamicParameters(new { limit = filter.Limit, offset = filter.Offset });
        void And(string clause, string name, object? value)
        {
            if (value is null)
                return;
            where.Append(" AND ").Append(clause);
            args.Add(name, value);
        }
        And("user_id = @user", "user", caller.IsAdmin ? null : caller.UserId);
        And("phase = @phase", "phase", filter.Phase);
        And("class = @class", "class", filter.Class);
        And("type = @type", "type", filter.Type);
        And("created_at >= @since", "since", filter.Since is { } since ? Microseconds.From(since) : null);
        And("created_at <= @until", "until", filter.Until is { } until ? Microseconds.From(until) : null);
        if (filter.Label?.Split('=', 2) is [var key, ..] label)
        {
            And("EXISTS (SELECT 1 FROM workload_labels l WHERE l.workload_id = workloads.id AND l.key = @key", "key", key);
            And("l.value = @value", "value", label.Length > 1 ? label[1] : null);
            where.Append(')');
        }
        return (where.ToString(), args);
    }

    private static StageView View(StageRow row) => new()
    {
        Index = row.Idx,
        Satellite = row.SatelliteId,
        SatelliteName = row.SatelliteName,
        Status = row.Status,
        Role = row.Role,
        DeploymentId = row.DeploymentId,
        Attempt = row.Attempt,
        Round = row.Round,
        Location = row.Location,
        ClusterWorkloadId = row.ClusterWorkloadId,
        StartedAt = row.StartedAt,
        FinishedAt = row.FinishedAt,
        Reason = row.Reason,
        Error = row.Error,
    };

    private WorkloadView View(WorkloadRow row, IReadOnlyList<StageRow> stages, PlanRow? plan, ArtifactManifest? result)
    {
        var spec = env.Body(row);
        return new WorkloadView
        {
            Id = row.Id,
            Name = row.Name,
            Type = row.Type,
            Class = row.Class,
            Labels = spec.Labels ?? [],
            Phase = row.Phase,
            WorkflowStatus = WorkloadPhase.WorkflowStatus(row.Phase),
            Mode = row.Mode,
            Placement = Placement(stages, plan),
            Outcome = row.Outcome is { } outcome ? JsonSerializer.Deserialize(outcome, WireJson.Default.OutcomeView) : null,
            Result = result,
            Cost = row.Cost is { } cost ? JsonSerializer.Deserialize(cost, WireJson.Default.CostView) : null,
            Error = row.ErrorCode is { } code ? new WorkloadErrorView(code, row.ErrorMessage ?? "") : null,
            Spec = spec,
            CreatedAt = row.CreatedAt,
            StartedAt = row.StartedAt,
            FinishedAt = row.FinishedAt,
            StatusUrl = $"/v1/workloads/{row.Id}",
        };
    }

    private static WorkloadPlacementView Placement(IReadOnlyList<StageRow> stages, PlanRow? plan) => new(
        [.. stages.Select(stage => stage.SatelliteId).OfType<string>().Distinct(StringComparer.Ordinal)],
        plan is null ? null : [.. PlanWriter.Read(plan).Bookings.Where(booking => booking.Kind == Planning.BookingKind.Station).Select(booking => booking.Resource).Distinct(StringComparer.Ordinal)]);
}
