using Microsoft.Extensions.Options;
using Orrery.Server.Deployments;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>Brings a workload one step further, again and again, until it can only wait. Can be killed anywhere and run again.</summary>
internal sealed class WorkloadReconciler(
    WorkloadStore store, IDatabase database, WorkloadLeases leases, SimulatedFleet simulated, StageObserver observer, StageDispatcher dispatcher,
    StageRetry retry, Ground.GroundStages ground, Signals signals, TimeProvider clock, IOptions<AgentOptions> options)
{
    private const int MostSteps = 10_000;

    public async Task Reconcile(string id, CancellationToken ct)
    {
        if (await Advance(id, ct))
            signals.Publish(id);
    }

    /// <returns>Whether anything changed.</returns>
    private async Task<bool> Advance(string id, CancellationToken ct)
    {
        var changed = false;
        for (var step = 0; step < MostSteps; step++)
        {
            if (!await leases.Hold(id, ct))
            {
                simulated.Stop(id);
                return changed;
            }
            if (await store.Load(id, ct) is not { } state || WorkloadPhase.IsTerminal(state.Workload.Phase))
            {
                simulated.Stop(id);
                leases.Release(id);
                return changed;
            }
            if (!await Step(state, ct))
            {
                if (state.Workload.IsSimulated)
                    simulated.Run(state);
                return changed;
            }
            changed = true;
        }
        return changed;
    }

    /// <returns>Whether something was done, so that there may be more to do.</returns>
    private async Task<bool> Step(WorkloadState state, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (state.Workload.Phase == WorkloadPhase.Scheduling)
            return await database.Write(work => WorkloadChange.Move(work, state.Workload, WorkloadTrigger.Started, now), ct);
        if (!state.Workload.IsSimulated && state.Workload.DeadlineAt is { } deadline && now > deadline)
            return await End(state, WorkloadTrigger.DeadlinePassed, "timed_out", $"policy.deadline_s passed at {deadline:u}.", now, ct);
        if (state.Stages.All(stage => stage.Status == StageStatus.Done))
            return await End(state, WorkloadTrigger.AllDone, null, null, now, ct);
        if (observer.Silent(state, now) is { } silent)
            return await database.Write(work => DeploymentChange.Fail(work, silent, "agent_silent", now), ct);
        if (StageObserver.Failed(state) is { } failed)
            return await retry.Retry(state, failed.Stage, failed.Deployment, now, ct);
        if (await observer.Observe(state, now, ct))
            return true;
        if (await observer.Unattended(state, now, options.Value, ct) is { } lost)
            return await database.Write(work => DeploymentChange.Fail(work, lost, "agent_lost", now), ct);
        return await ground.Step(state, now, ct) || await dispatcher.Dispatch(state, now, ct);
    }

    private Task<bool> End(WorkloadState state, WorkloadTrigger trigger, string? code, string? message, DateTimeOffset now, CancellationToken ct) =>
        database.Write(work => WorkloadEnding.End(work, state.Workload, trigger, code, message, now), ct);
}
