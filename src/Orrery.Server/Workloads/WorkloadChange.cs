using Orrery.Server.Events;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>Changes of a running workload: compare-and-set on version and fence, so that two who look never both act.</summary>
internal static class WorkloadChange
{
    public static async Task<bool> Move(DbWork work, WorkloadRow row, WorkloadTrigger trigger, DateTimeOffset now)
    {
        if (!WorkloadPhase.Transitions.TryMove(row.Phase, trigger, out var phase))
            return false;
        var moved = await work.Execute(
            """
            UPDATE workloads SET phase = @phase, started_at = COALESCE(started_at, @now), version = version + 1
            WHERE id = @Id AND version = @Version AND fence = @Fence
            """,
            new { phase, now, row.Id, row.Version, row.Fence });
        if (moved == 1)
            await EventLog.Append(work, [ServerEvents.Workload(row.Id, "workload.phase_changed", new { from = row.Phase, to = phase, phase }, now)]);
        return moved == 1;
    }

    /// <summary>Claims the right to change stages and plan in this transaction.</summary>
    public static async Task<bool> Claim(DbWork work, WorkloadRow row, DateTimeOffset missionAt) => await work.Execute(
        "UPDATE workloads SET mission_at = @missionAt, version = version + 1 WHERE id = @Id AND version = @Version AND fence = @Fence",
        new { missionAt, row.Id, row.Version, row.Fence }) == 1;
}
