using System.Text;
using System.Text.Json;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Server.Deployments;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads.Ground;

/// <summary>Runs the ground stages of an orbital workload as cluster workloads, and brings their end back.</summary>
internal sealed class GroundStages(IDatabase database, IGroundRuns runs)
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
        var workspace = await runs.Workspace(request.Placement?.Workspace, state.Workload.UserId, ct);
        var work = GroundWork.Of(state, stage, deployment, request, workspace);
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

/// <summary>Makes of a ground stage what its cluster runs.</summary>
internal static class GroundWork
{
    public static GroundStage Of(WorkloadState state, StageRow stage, DeploymentRow deployment, WorkloadRequest request, string workspace) => new()
    {
        OrbitalId = state.Workload.Id,
        DeploymentId = deployment.Id,
        UserId = state.Workload.UserId,
        WorkspaceId = workspace,
        Name = $"{request.Name ?? state.Workload.Class} stage {stage.Idx}",
        Script = request.Program?.EntryPoint is { } program ? Script(program) : $"exec sleep {Seconds(state, stage)}",
        Env = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ORRERY_WORKLOAD_ID"] = state.Workload.Id,
            ["ORRERY_STAGE_INDEX"] = stage.Idx.ToString(),
            ["ORRERY_STAGE_COUNT"] = state.Stages.Count.ToString(),
            ["ORRERY_ROLE"] = stage.Role,
            ["ORRERY_ROUND"] = stage.Round.ToString(),
        },
    };

    /// <summary>Base64 of UTF-8, or plain shell source: what decodes to text is taken as base64.</summary>
    public static string Script(string entryPoint)
    {
        var bytes = new byte[entryPoint.Length];
        if (entryPoint.Length % 4 != 0 || !Convert.TryFromBase64String(entryPoint, bytes, out var length) || length == 0)
            return entryPoint;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return entryPoint;
        }
    }

    /// <summary>The modelled time; of a simulated mission as its speed makes it.</summary>
    private static string Seconds(WorkloadState state, StageRow stage)
    {
        var planned = (stage.PlannedEnd - stage.PlannedStart).TotalSeconds;
        return (state.Workload.IsSimulated ? planned / state.Workload.Speed : planned).ToString("0.###");
    }
}
