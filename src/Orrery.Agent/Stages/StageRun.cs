using System.Text.Json;
using Orrery.Agent.Programs;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;

namespace Orrery.Agent.Stages;

/// <summary>One execution of one stage: its moments, and how far the step at hand has come.</summary>
internal sealed class StageRun(
    AgentWork work, IMissionClock clock, RunPosition from, IEventReporter reporter, ISatelliteState? state, IProgramRunner? programs, TimeProvider wall)
{
    private static readonly TimeSpan StillRunning = TimeSpan.FromMinutes(1);

    private StepWork? current;
    private double percent;

    /// <summary>Spends the time of each moment that is not done yet, and reports it.</summary>
    /// <param name="working">Ends the work.</param>
    /// <param name="reporting">Ends the reporting too: an event under way is not cut by a stop.</param>
    public async Task<StageResult> ToEnd(CancellationToken working, CancellationToken reporting)
    {
        var moments = StageSequence.Of(work.PlanData);
        foreach (var moment in moments.Where(moment => !from.Done.Contains(moment.Key)))
        {
            working.ThrowIfCancellationRequested();
            if (moment.Runs is { } step)
            {
                if (step != current)
                    await Begin(step, moments, working);
                if (step.Kind == StepKinds.Compute && moment.Percent > percent && work.PlanData.Program is not null)
                {
                    if (!await RunProgram(step, moment, working, reporting))
                        return StageResult.Failed;
                    continue;
                }
                await WorkTo(step, moment.Percent, working, reporting);
            }

            await Report(moment.Key, moment.Type, moment.StepId, moment.Payload, reporting);
        }

        return StageResult.Completed;
    }

    /// <summary>Tells that the stage was stopped in the step at hand, or in the first that had not begun.</summary>
    public async Task Stop(CancellationToken ct)
    {
        var step = current ?? (work.PlanData.Steps is [var first, ..] ? first : null);
        var key = step is null ? EventTypes.StepStopped : EventKeys.Step(step.Id, EventTypes.StepStopped);
        if (!from.Done.Contains(key))
            await Report(key, EventTypes.StepStopped, step?.Id, Payloads.Stopped(), ct);
    }

    /// <summary>Tells that the stage cannot be executed here.</summary>
    public async Task<StageResult> Refuse(string problem, CancellationToken ct)
    {
        if (!from.Done.Contains(EventTypes.JobFailed))
            await Report(EventTypes.JobFailed, EventTypes.JobFailed, null, Payloads.Failed(problem), ct);
        return StageResult.Failed;
    }

    private async Task Begin(StepWork step, IReadOnlyList<StageMoment> moments, CancellationToken working)
    {
        current = step;
        percent = moments
            .Where(moment => moment.Runs == step && from.Done.Contains(moment.Key))
            .Select(moment => moment.Percent)
            .Append(from.Checkpoint(step.Id))
            .Max();
        if (work.PlanData.WaitForWindows && clock.Now < step.PlannedStart)
        {
            state?.Enter(SatelliteActivity.Idle, clock.Now);
            await clock.WaitUntil(step.PlannedStart, working);
        }

        state?.Enter(step.Kind == StepKinds.Compute ? SatelliteActivity.Executing : SatelliteActivity.Transferring, clock.Now);
    }

    /// <returns>Whether it ended well; if not, that is reported.</returns>
    private async Task<bool> RunProgram(StepWork step, StageMoment moment, CancellationToken working, CancellationToken reporting)
    {
        var started = wall.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(reporting);
        var telling = TellItRuns(step, started, over.Token);
        ProgramEnd end;
        try
        {
            end = await clock.Run(ct => programs!.Run(work, ct), Span(step, 100), working);
        }
        finally
        {
            await over.CancelAsync();
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        percent = 100;
        if (end.Problem is null)
        {
            await Report(moment.Key, moment.Type, moment.StepId, Payloads.Ran(step, end, wall.GetElapsedTime(started).TotalSeconds), reporting);
            return true;
        }

        await Report(EventTypes.JobFailed, EventTypes.JobFailed, null, Payloads.ProgramFailed(end), reporting);
        return false;
    }

    /// <summary>A satellite that says nothing for long counts as lost.</summary>
    private async Task TellItRuns(StepWork step, long started, CancellationToken ct)
    {
        for (var count = from.Done.Count(key => key.StartsWith(EventKeys.Running(step.Id, 0)[..^1], StringComparison.Ordinal)); !ct.IsCancellationRequested; count++)
        {
            await Task.Delay(StillRunning, wall, ct);
            await Report(EventKeys.Running(step.Id, count), EventTypes.StepProgress, step.Id, Payloads.StillRunning(wall.GetElapsedTime(started).TotalSeconds), ct);
        }
    }

    private async Task WorkTo(StepWork step, int target, CancellationToken working, CancellationToken reporting)
    {
        if (step.Kind == StepKinds.Compute && state is not null && target > percent)
        {
            var start = clock.Now;
            var startPercent = percent;
            foreach (var hazard in state.HazardsWithin(start, start + Span(step, target - percent)))
            {
                var at = (int)Math.Floor(startPercent + ((hazard.At - start).TotalSeconds / step.DurationS * 100));
                if (at > percent && at < target)
                    await SaveAt(step, at, hazard, working, reporting);
            }
        }

        await Spend(step, target, working);
    }

    private async Task SaveAt(StepWork step, int at, Hazard hazard, CancellationToken working, CancellationToken reporting)
    {
        await Spend(step, at, working);
        await Report(
            EventKeys.Checkpoint(step.Id, at), EventTypes.CheckpointSaved, step.Id,
            Payloads.Checkpoint(at, hazard.Kind, UtcTimeConverter.Text(hazard.At)), reporting);
    }

    private async Task Spend(StepWork step, int target, CancellationToken working)
    {
        if (target <= percent)
            return;
        await clock.Work(Span(step, target - percent), working);
        percent = target;
    }

    private Task Report(string key, string type, string? stepId, JsonElement payload, CancellationToken ct) =>
        reporter.Report(work.DeploymentId, new EventPost
        {
            Type = type,
            Timestamp = EventTime.From(clock.Now),
            JobId = work.PlanData.JobId,
            StepId = stepId,
            Payload = payload,
            Key = key,
        }, ct);

    private static TimeSpan Span(StepWork step, double percents) => TimeSpan.FromSeconds(step.DurationS * percents / 100);
}
