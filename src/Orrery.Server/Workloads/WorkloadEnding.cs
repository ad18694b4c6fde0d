using System.Text.Json;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Server.Deployments;
using Orrery.Server.Events;
using Orrery.Server.Metrics;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>Ends a workload in one transaction: phase, outcome, cost, what is still open, bookings.</summary>
internal static class WorkloadEnding
{
    /// <returns>False when somebody else changed it meanwhile; nothing was done.</returns>
    public static async Task<bool> End(
        DbWork work, WorkloadRow row, WorkloadTrigger trigger, string? code, string? message, DateTimeOffset now, string actor = ServerEvents.Actor)
    {
        if (!WorkloadPhase.Transitions.TryMove(row.Phase, trigger, out var phase))
            return false;
        var stages = await work.Query<StageRow>("SELECT * FROM stages WHERE workload_id = @Id ORDER BY idx", new { row.Id });
        var planRow = (await work.Find<PlanRow>("SELECT * FROM plans WHERE workload_id = @Id ORDER BY revision DESC LIMIT 1", new { row.Id }))!;
        var plan = PlanWriter.Read(planRow);
        var done = stages.Count(stage => stage.Status == StageStatus.Done);
        var outcome = new OutcomeView(
            done, stages.Count, stages.Sum(stage => stage.Attempt), Makespan(row, stages), plan.MakespanS, phase == WorkloadPhase.Done ? null : message);
        var cost = PlanMapping.Charged(plan.Price, stages.Count(stage => stage is { Status: StageStatus.Done, Location: "orbit" }));
        var moved = await work.Execute(
            """
            UPDATE workloads SET phase = @phase, error_code = @code, error_message = @message, outcome = @outcome, cost = @cost, finished_at = @now, version = version + 1
            WHERE id = @Id AND version = @Version AND fence = @Fence
            """,
            new
            {
                phase,
                code,
                message,
                outcome = JsonSerializer.Serialize(outcome, WireJson.Default.OutcomeView),
                cost = JsonSerializer.Serialize(cost, WireJson.Default.CostView),
                now,
                row.Id,
                row.Version,
                row.Fence,
            });
        if (moved != 1)
            return false;
        await DropOpen(work, row, stages, phase, now, actor);
        await BookingStore.Release(work, row.Id);
        await EventLog.Append(work, [ServerEvents.Workload(row.Id, "workload.phase_changed", new { from = row.Phase, to = phase, phase, reason = message }, now, actor)]);
        OrreryMetrics.WorkloadsEnded.Add(1, new KeyValuePair<string, object?>("phase", phase));
        return true;
    }

    private static async Task DropOpen(
        DbWork work, WorkloadRow row, IReadOnlyList<StageRow> stages, string phase, DateTimeOffset now, string actor)
    {
        var open = await work.Query<DeploymentRow>(
            $"SELECT * FROM deployments WHERE workload_id = @Id AND status IN ('pending', 'dispatched', 'running') ORDER BY id{work.ForUpdate}", new { row.Id });
        foreach (var deployment in open)
            await DeploymentChange.Cancel(work, deployment, $"workload {phase}", now, actor);
        foreach (var stage in stages.Where(stage => !StageStatus.IsTerminal(stage.Status)))
        {
            await StageWriter.Update(work, stage with { Status = StageStatus.Dropped, FinishedAt = now, Reason = null });
            await EventLog.Append(work, [ServerEvents.Stage(row.Id, stage.Idx, "stage.dropped", new { stage = stage.Idx, reason = phase }, now)]);
        }
    }

    /// <summary>Mission seconds from the start to the end of the last stage that ended; null before any did.</summary>
    private static double? Makespan(WorkloadRow row, IReadOnlyList<StageRow> stages) =>
        stages.Max(stage => stage.MissionEnd) is { } end ? Math.Round((end - row.StartAt).TotalSeconds, 3) : null;
}
