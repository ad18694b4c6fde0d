using Orrery.Server.Deployments;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>What deployments tell about their stages.</summary>
internal sealed class StageObserver(IDatabase database, WorkloadStore store)
{
    /// <summary>An attempt whose agent has said nothing for too long.</summary>
    public DeploymentRow? Silent(WorkloadState state, DateTimeOffset now) => state.Workload.IsSimulated
        ? null
        : state.Deployments.Values.FirstOrDefault(row =>
            row.SatelliteId != StageWorkBuilder.GroundPlace && row.Status is DeploymentStatus.Dispatched or DeploymentStatus.Running &&
            (row.LastEventAt ?? row.DispatchedAt) is { } heard && now - heard > TimeSpan.FromSeconds(row.SilenceTimeoutS));

    public static (StageRow Stage, DeploymentRow Deployment)? Failed(WorkloadState state)
    {
        foreach (var stage in state.Stages.Where(stage => !StageStatus.IsTerminal(stage.Status)))
        {
            if (state.DeploymentOf(stage) is { Status: DeploymentStatus.Failed } deployment)
                return (stage, deployment);
        }
        return null;
    }

    /// <summary>An offer that nobody takes because the satellite's agent is gone, while another satellite's is there.</summary>
    public async Task<DeploymentRow?> Unattended(WorkloadState state, DateTimeOffset now, AgentOptions options, CancellationToken ct)
    {
        if (state.Workload.IsSimulated)
            return null;
        var offered = state.Deployments.Values.Where(row => row.Status == DeploymentStatus.Pending && row.SatelliteId != StageWorkBuilder.GroundPlace).ToList();
        if (offered.Count == 0)
            return null;
        var seen = await store.AgentsSeen(state.Workload.UserId, ct);
        var oldest = now - TimeSpan.FromSeconds(options.LostAfterS);
        if (!seen.Values.Any(time => time >= oldest))
            return null;
        return offered.FirstOrDefault(row => row.CreatedAt < oldest && seen.TryGetValue(row.SatelliteId, out var time) && time < oldest);
    }

    /// <summary>Writes what was seen into the stages; true when a stage changed.</summary>
    public async Task<bool> Observe(WorkloadState state, DateTimeOffset now, CancellationToken ct)
    {
        var changes = state.Stages.Select(stage => (Before: stage, After: Seen(state, stage, now))).Where(pair => pair.After != pair.Before).ToList();
        if (changes.Count == 0)
            return false;
        var missionAt = changes.Select(pair => pair.After.MissionEnd).Append(state.Workload.MissionAt).Max()!.Value;
        return await database.Write(
            async work =>
            {
                if (!await WorkloadChange.Claim(work, state.Workload, missionAt))
                    return true; // somebody else moved first: look again
                foreach (var (before, after) in changes)
                {
                    await StageWriter.Update(work, after);
                    if (before.Status != after.Status)
                    {
                        await EventLog.Append(work, [ServerEvents.Stage(state.Workload.Id, after.Idx, $"stage.{after.Status}", new { stage = after.Idx, satellite = after.SatelliteId, attempt = after.Attempt, deployment_id = after.DeploymentId }, now)]);
                    }
                }
                return true;
            },
            ct);
    }

    private static StageRow Seen(WorkloadState state, StageRow stage, DateTimeOffset now)
    {
        if (StageStatus.IsTerminal(stage.Status) || state.DeploymentOf(stage) is not { } deployment)
            return stage;
        return deployment.Status switch
        {
            DeploymentStatus.Dispatched => stage with { Status = StageStatus.Dispatched, Reason = null },
            DeploymentStatus.Running => stage with { Status = StageStatus.Running, Reason = null, StartedAt = stage.StartedAt ?? deployment.LastEventAt ?? now },
            DeploymentStatus.Completed => stage with
            {
                Status = StageStatus.Done,
                Reason = null,
                Error = null,
                StartedAt = stage.StartedAt ?? deployment.DispatchedAt,
                FinishedAt = deployment.FinishedAt,
                MissionEnd = deployment.MissionEnd ?? deployment.FinishedAt,
            },
            _ => stage,
        };
    }
}
