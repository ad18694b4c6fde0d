using Orrery.Agent.Programs;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Stages;

/// <summary>Executes one stage and reports its events in order, each once; on a real satellite or on one hosted by the server.</summary>
/// <param name="reporter">Takes the events.</param>
/// <param name="state">The satellite; without it there are no checkpoints before eclipses and the South Atlantic Anomaly.</param>
/// <param name="programs">Runs real programs; without it a stage that has one is refused.</param>
/// <param name="time">The wall clock: paces the signs of life of a program.</param>
public sealed class StageRunner(IEventReporter reporter, ISatelliteState? state = null, IProgramRunner? programs = null, TimeProvider? time = null)
{
    /// <summary>Runs a stage from a position to its end: events that are already done are not reported again and cost no time.</summary>
    /// <param name="work">The stage.</param>
    /// <param name="clock">Mission time.</param>
    /// <param name="from">What is already durable of an earlier run.</param>
    /// <param name="stop">The stage is no longer wanted: <c>step.stopped</c> is reported and the run ends.</param>
    /// <param name="ct">This process ends: nothing more is reported, and the run can be resumed.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<StageResult> Run(
        AgentWork work, IMissionClock clock, RunPosition from, CancellationToken stop, CancellationToken ct)
    {
        if (from.IsStopped)
            return StageResult.Stopped;
        var run = new StageRun(work, clock, from, reporter, state, programs, time ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ct);
        try
        {
            if (StageCheck.Problem(work.PlanData, programs is not null) is { } problem)
                return await run.Refuse(problem, ct);
            return await run.ToEnd(either.Token, ct);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            await run.Stop(ct);
            return StageResult.Stopped;
        }
        finally
        {
            state?.Enter(SatelliteActivity.Idle, clock.Now);
        }
    }

    /// <summary>Runs a stage that is only ever stopped together with its host.</summary>
    public Task<StageResult> Run(AgentWork work, IMissionClock clock, RunPosition from, CancellationToken ct) =>
        Run(work, clock, from, CancellationToken.None, ct);
}
