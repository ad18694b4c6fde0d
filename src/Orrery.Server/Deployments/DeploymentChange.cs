using Orrery.Server.Events;
using Orrery.Server.Storage;

namespace Orrery.Server.Deployments;

/// <summary>The control plane's changes of a deployment: compare-and-set, with its event in the same transaction.</summary>
internal static class DeploymentChange
{
    public static async Task<bool> Dispatch(DbWork work, DeploymentRow row, string agentRef, string agentId, DateTimeOffset now)
    {
        var moved = await work.Execute(
            """
            UPDATE deployments SET status = 'dispatched', agent_ref = @agentRef, agent_id = @agentId, offers = 1, dispatched_at = @now, version = version + 1
            WHERE id = @Id AND status = 'pending'
            """,
            new { agentRef, agentId, now, row.Id });
        if (moved == 1)
            await Log(work, row, "deployment.dispatched", new { agent_id = agentId, satellite_id = row.SatelliteId, attempt = row.Attempt }, now);
        return moved == 1;
    }

    public static Task<bool> Fail(DbWork work, DeploymentRow row, string reason, DateTimeOffset now, string actor = ServerEvents.Actor) =>
        End(work, row, ControlAction.Fail, reason, now, actor);

    public static Task<bool> Complete(DbWork work, DeploymentRow row, DateTimeOffset now, string actor = ServerEvents.Actor) =>
        End(work, row, ControlAction.Complete, null, now, actor);

    public static Task<bool> Cancel(DbWork work, DeploymentRow row, string reason, DateTimeOffset now, string actor = ServerEvents.Actor) =>
        End(work, row, ControlAction.Cancel, reason, now, actor);

    /// <summary>A ground stage runs; the control plane learns it from its cluster.</summary>
    public static async Task<bool> Start(DbWork work, DeploymentRow row, DateTimeOffset now)
    {
        var moved = await work.Execute(
            "UPDATE deployments SET status = 'running', last_event_at = @now, version = version + 1 WHERE id = @Id AND status = 'dispatched'", new { now, row.Id });
        if (moved == 1)
            await Log(work, row, "deployment.running", new { agent_id = row.AgentId, attempt = row.Attempt }, now);
        return moved == 1;
    }

    /// <summary>A ground stage ended well.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="row">The attempt.</param>
    /// <param name="missionEnd">When, on the mission's clock.</param>
    /// <param name="now">When, on the wall.</param>
    public static async Task<bool> CompleteOnGround(DbWork work, DeploymentRow row, DateTimeOffset missionEnd, DateTimeOffset now)
    {
        await work.Execute("UPDATE deployments SET mission_end = @missionEnd, last_step_done = @done WHERE id = @Id", new { missionEnd, done = true, row.Id });
        return await Complete(work, row, now);
    }

    private static async Task<bool> End(DbWork work, DeploymentRow row, ControlAction action, string? reason, DateTimeOffset now, string actor)
    {
        if (!DeploymentStatus.ByControl.TryMove(row.Status, action, out var next))
            return false;
        var moved = await work.Execute(
            """
            UPDATE deployments SET status = @next, error = @reason, finished_at = @now, version = version + 1
            WHERE id = @Id AND status = @Status
            """,
            new { next, reason, now, row.Id, row.Status });
        if (moved != 1)
            return false;
        await Log(work, row, $"deployment.{next}", new { reason, attempt = row.Attempt, satellite_id = row.SatelliteId }, now, actor);
        return true;
    }

    private static Task Log(DbWork work, DeploymentRow row, string type, object payload, DateTimeOffset now, string actor = ServerEvents.Actor) =>
        EventLog.Append(work, [ServerEvents.Deployment(row.WorkloadId, row.Id, type, payload, now, actor)]);
}
