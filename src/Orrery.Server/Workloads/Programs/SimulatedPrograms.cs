using Orrery.Agent.Programs;
using Orrery.Contracts.Agents;
using Orrery.Server.Artifacts;
using Orrery.Server.Deployments;
using Orrery.Server.Events;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Ground;

namespace Orrery.Server.Workloads.Programs;

/// <summary>Runs the programs of simulated satellites as cluster workloads of their users: never as the server's user, and with a cluster's limits.</summary>
internal sealed class SimulatedPrograms(
    IDatabase database, WorkloadStore workloads, DeploymentStore deployments, StagePrograms programs, IGroundRuns runs, ArtifactStore artifacts, Signals signals, TimeProvider clock)
    : IProgramRunner
{
    private static readonly TimeSpan Resync = TimeSpan.FromSeconds(1);

    /// <summary>Its inputs are there: it need not wait for the hour at which the plan has it run. Once begun, it is not begun again.</summary>
    /// <returns>The cluster workload that runs it.</returns>
    public async Task<string> Begin(AgentWork work, CancellationToken ct)
    {
        string? id;
        while ((id = await runs.Of(work.DeploymentId, ct) ?? await Create(work, ct)) is null)
            await Task.Delay(Resync / 10, clock, ct); // something else of the workload changed just then
        return id;
    }

    public async Task<ProgramEnd> Run(AgentWork work, CancellationToken ct)
    {
        var id = await Begin(work, ct);
        while (true)
        {
            var (program, workload) = (signals.Next(id), signals.Next(work.PlanData.WorkloadId));
            if (await Look(work, id, ct) is { } end)
                return end;
            await Task.WhenAny(program, workload, Task.Delay(Resync, clock, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <returns>The new cluster workload; null: look again.</returns>
    private async Task<string?> Create(AgentWork work, CancellationToken ct)
    {
        if (await workloads.Load(work.PlanData.WorkloadId, ct) is not { } state || state.Deployments.GetValueOrDefault(work.DeploymentId) is not { } deployment)
            throw new InvalidOperationException($"Deployment {work.DeploymentId} is gone.");
        var stage = state.Stages.First(one => one.Idx == work.PlanData.StageIndex);
        var request = System.Text.Json.JsonSerializer.Deserialize(state.Workload.Spec, Contracts.Json.WireJson.Default.WorkloadRequest)!;
        var workspace = await runs.Workspace(request, state.Workload.UserId, ct);
        var wanted = await programs.OnCluster(state, stage, deployment, workspace, ct);
        var id = await database.Write(
            async unit =>
            {
                if (!await WorkloadChange.Claim(unit, state.Workload, state.Workload.MissionAt))
                    return null;
                var created = await runs.Create(unit, wanted, clock.GetUtcNow());
                await StageWriter.Update(unit, stage with { ClusterWorkloadId = created });
                return created;
            },
            ct);
        if (id is not null)
            await runs.Created(id);
        return id;
    }

    /// <returns>Null while it runs, or while what it left is being kept.</returns>
    private async Task<ProgramEnd?> Look(AgentWork work, string id, CancellationToken ct)
    {
        var progress = await runs.Find(id, ct);
        if (progress is null)
            return new ProgramEnd(null, $"cluster workload {id} was deleted", 0, 0);
        if (progress.Succeeded == false)
            return new ProgramEnd(progress.ExitCode, $"cluster workload {id}: {progress.Message}", 0, 0);
        if (progress.Succeeded is null || await deployments.Find(work.DeploymentId, ct) is not { Outputs: { } outputs })
            return null;
        if (outputs != DeploymentRow.KeptOutputs)
            return new ProgramEnd(0, outputs, 0, 0);
        var kept = await artifacts.OfDeployments([work.DeploymentId], ArtifactScope.Output, ct);
        return new ProgramEnd(0, null, kept.Count, kept.Sum(row => row.SizeBytes));
    }
}
