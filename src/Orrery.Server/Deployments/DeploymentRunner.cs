using System.Text.Json;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Server.Artifacts;
using Orrery.Server.Errors;
using Orrery.Server.Events;
using Orrery.Server.Identity;
using Orrery.Server.Workloads;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Deployments;

/// <summary>Runs a stored stage plan again: a new single workload with the same computing on the same satellite.</summary>
internal sealed class DeploymentRunner(DeploymentStore deployments, WorkloadStore workloads, ProgramEnv env, WorkloadSubmission submission, Signals signals, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<DeploymentStatusResponse> RunAgain(RunAgainRequest request, Principal caller, CancellationToken ct)
    {
        if (request.PlanId is not { Length: > 0 and <= 128 } planId)
            throw Refuse.Invalid("plan_id", "is required: the plan_id of a deployment");
        if (await deployments.FindByPlan(planId, ct) is not { } earlier || !caller.MaySee(earlier.UserId))
            throw Refuse.NotFound("plan", planId);
        if (request.Mode is not (null or RunMode.Live or RunMode.Simulated))
            throw Refuse.Invalid("mode", "must be live or simulated");
        var work = JsonSerializer.Deserialize(earlier.Work, WireJson.Default.AgentWork)!;
        var submitted = await submission.Submit(Again(earlier, work, await Program(earlier, work, ct), request), caller, null, ct);
        return await Offered(submitted.Id, ct);
    }

    /// <summary>The deployment that the reconciler makes of it, moments later.</summary>
    private async Task<DeploymentStatusResponse> Offered(string workloadId, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        while (true)
        {
            var changed = signals.Next(workloadId);
            if (await deployments.FirstOf(workloadId, ct) is { } offered)
                return new DeploymentStatusResponse(offered.Id, offered.Status);
            try
            {
                await changed.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw new ApiException(503, "not_offered_yet", $"Workload '{workloadId}' was taken in, but its stage is not offered yet; look at /v1/workloads/{workloadId}.");
            }
        }
    }

    /// <summary>The same source, variables and inputs.</summary>
    private async Task<ProgramRequest?> Program(DeploymentRow earlier, AgentWork work, CancellationToken ct)
    {
        if (work.PlanData.Program is not { } program || await workloads.Find(earlier.WorkloadId, ct) is not { } workload)
            return null;
        return env.Body(workload).Program! with
        {
            Inputs = [.. program.Inputs.Where(input => input.Text is null).Select(input => new ProgramInput(input.Path, ContentId.Of(input.Sha256)))],
        };
    }

    private static WorkloadRequest Again(DeploymentRow earlier, AgentWork work, ProgramRequest? program, RunAgainRequest request) => new()
    {
        Name = $"again {earlier.Id}",
        Placement = earlier.SatelliteId == StageWorkBuilder.GroundPlace
            ? new PlacementRequest { Location = StageWorkBuilder.GroundPlace }
            : new PlacementRequest { Satellites = [new SatelliteRef(earlier.SatelliteId)] },
        Program = (program ?? new ProgramRequest()) with { DurationS = Math.Max(0.001, work.PlanData.Steps.First(step => step.Kind == "compute").DurationS) },
        Mode = request.Mode ?? earlier.Mode,
        SpeedMultiplier = request.SpeedMultiplier,
        Labels = new Dictionary<string, string> { ["again"] = earlier.PlanId },
    };
}
