using System.Text.Json;
using Orrery.Contracts.Json;
using Orrery.Server.Deployments;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Workloads.Ground;

/// <summary>Runs the ground stages of an orbital workload as cluster workloads, and brings their end back.</summary>
internal sealed class GroundStages(IDatabase database, IGroundRuns runs, StagePrograms programs)
{
    private const string AgentRef = "orrery/ground";

    /// <returns>Whether anything was done.</returns>
    public async Task<bool> Step(WorkloadState state, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var stage in state.Stages.Where(stage => stage.Location == StageWorkBuilder.GroundPlace))
        {
            if (state.DeploymentOf(stage) is not { } deployment || DeploymentStatus.IsTerminal(deployment.Status))
                continue;
            if (stage.ClusterWorkloadId is { } id && deployment.Status != DeploymentStatus.Pending
                ? await Follow(state, stage, deployment, id, now, ct)
                : await Begin(state, stage, deployment, now, ct))
                return true;
        }
        return false;
    }

    private async Task<bool> Begin(WorkloadState state, StageRow stage, DeploymentRow deployment, DateTimeOffset now, CancellationToken ct)
    {
        var request = JsonSerializer.Deserialize(state.Workload.Spec, WireJson.Default.WorkloadRequest)!;
        var workspace = await runs.Workspace(request, state.Workload.UserId, ct);
        var work = await programs.OnCluster(state, stage, deployment, workspace, ct);
        var id = await database.Write(
            async unit =>
            {
                if (!await WorkloadChange.Claim(unit, state.Workload, state.Workload.MissionAt))
                    return null; // somebody else moved first: look again
                var created = await runs.Create(unit, work, now);
                if (!await DeploymentChange.Dispatch(unit, deployment, AgentRef, created, now))
                    throw new InvalidOperationException("The deployment changed meanwhile; it will be looked at again.");
                await StageWriter.Update(unit, stage with { ClusterWorkloadId = created, Reason = null });
                return created;
            },
            ct);
        if (id is not null)
            await runs.Created(id);
        return true;
    }

    private async Task<bool> Follow(WorkloadState state, StageRow stage, DeploymentRow deployment, string id, DateTimeOffset now, CancellationToken ct)
    {
        var progress = await runs.Find(id, ct);
        return progress switch
        {
            null => await database.Write(unit => DeploymentChange.Fail(unit, deployment, $"cluster workload {id} was deleted", now), ct),
            { Succeeded: true } when deployment is { HasProgram: true, Outputs: null } => false, // they are being kept
            { Succeeded: true } when deployment is { HasProgram: true, Outputs: not DeploymentRow.KeptOutputs } => await database.Write(unit => DeploymentChange.Fail(unit, deployment, deployment.Outputs!, now), ct),
            { Succeeded: true } => await database.Write(unit => DeploymentChange.CompleteOnGround(unit, deployment, MissionEnd(state, stage, now), now), ct),
            { Succeeded: false } => await database.Write(unit => DeploymentChange.Fail(unit, deployment, $"cluster workload {id}: {progress.Message}", now), ct),
            { IsRunning: true } when deployment.Status == DeploymentStatus.Dispatched => await database.Write(unit => DeploymentChange.Start(unit, deployment, now), ct),
            _ => false,
        };
    }

    /// <summary>A mission clock stands still for a real program: from when its inputs were there it has taken what was planned for it.</summary>
    private static DateTimeOffset MissionEnd(WorkloadState state, StageRow stage, DateTimeOffset now)
    {
        if (!state.Workload.IsSimulated)
            return now;
        var inputs = stage.InputStages.ToHashSet();
        var ready = state.Stages.Where(one => inputs.Contains(one.Idx)).Max(one => one.MissionEnd) ?? stage.PlannedStart;
        return (ready > stage.PlannedStart ? ready : stage.PlannedStart) + (stage.PlannedEnd - stage.PlannedStart);
    }
}
