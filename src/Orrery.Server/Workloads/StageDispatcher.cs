using Microsoft.Extensions.Options;
using Orrery.Server.Events;
using Orrery.Server.Fleet;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Workloads;

/// <summary>Offers a stage to its satellite as soon as its inputs are done.</summary>
internal sealed class StageDispatcher(IDatabase database, FleetView fleet, StagePrograms programs, IOptions<AgentOptions> options)
{
    private const string WaitingForAgent = "waiting_for_agent";

    public async Task<bool> Dispatch(WorkloadState state, DateTimeOffset now, CancellationToken ct)
    {
        var ready = state.Stages.Where(stage => IsReady(state, stage)).ToList();
        if (ready.Count == 0)
            return false;
        var plan = PlanWriter.Read(state.Plan);
        var members = await fleet.Of(state.Workload.UserId, ct);
        var given = await programs.Of(state, plan, ready, ct);
        return await database.Write(
            async work =>
            {
                if (!await WorkloadChange.Claim(work, state.Workload, state.Workload.MissionAt))
                    return true;
                foreach (var stage in ready)
                {
                    var shared = members.FirstOrDefault(member => member.Id == stage.SatelliteId) is not { Own: true };
                    var row = StageWorkBuilder.Build(state, plan, stage, given.GetValueOrDefault(stage.Idx), options.Value.SilenceTimeoutS, now, shared);
                    await work.Execute(Insert, row);
                    await StageWriter.Update(work, stage with
                    {
                        DeploymentId = row.Id,
                        Attempt = row.Attempt,
                        Reason = state.Workload.IsSimulated ? null : WaitingForAgent,
                    });
                    await EventLog.Append(work, [ServerEvents.Stage(state.Workload.Id, stage.Idx, "stage.offered", new { stage = stage.Idx, satellite = stage.SatelliteId, attempt = row.Attempt, deployment_id = row.Id }, now)]);
                }
                var claimed = state.Workload with { Version = state.Workload.Version + 1 };
                await WorkloadChange.Move(work, claimed, WorkloadTrigger.Offered, now);
                return true;
            },
            ct);
    }

    private static bool IsReady(WorkloadState state, StageRow stage) =>
        stage is { Status: StageStatus.Pending, DeploymentId: null } &&
        stage.InputStages.All(input => state.Stages.First(other => other.Idx == input).Status == StageStatus.Done);

    private const string Insert =
        """
        INSERT INTO deployments (id, plan_id, workload_id, user_id, stage, attempt, satellite_id, shared_satellite, mode, status, work, offers,
            last_step, last_step_done, has_program, silence_timeout_s, created_at, version)
        VALUES (@Id, @PlanId, @WorkloadId, @UserId, @Stage, @Attempt, @SatelliteId, @SharedSatellite, @Mode, @Status, @Work, @Offers,
            @LastStep, @LastStepDone, @HasProgram, @SilenceTimeoutS, @CreatedAt, @Version)
        """;
}
