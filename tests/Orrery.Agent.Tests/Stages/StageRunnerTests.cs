using Orrery.Agent.Stages;
using Orrery.Agent.Tests.Fakes;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Tests.Stages;

public sealed class StageRunnerTests
{
    private static readonly string[] Kinds = ["uplink", "compute", "isl_transfer", "downlink", "terrestrial"];

    public static TheoryData<string, string[]> Sequences => new()
    {
        { "compute", ["step.started", "step.progress", "step.progress", "step.progress", "step.completed"] },
        { "isl_transfer", ["isl_transfer.started", "isl_transfer.hop_completed", "isl_transfer.completed"] },
        { "downlink", ["transfer.started", "transfer.pass_started", "transfer.progress", "transfer.pass_completed", "transfer.completed"] },
        { "uplink", ["transfer.started", "transfer.pass_started", "transfer.progress", "transfer.pass_completed", "transfer.completed"] },
        { "terrestrial", ["transfer.started", "transfer.progress", "transfer.completed"] },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task A_step_reports_the_documented_events_between_those_of_its_job(string kind, string[] expected)
    {
        var (recorder, clock, result) = await Run(Plans.Of(kind), RunPosition.Start);
        result.ShouldBe(StageResult.Completed);
        recorder.Types.ShouldBe(["job.accepted", "placement.decided", .. expected, "job.completed"]);
        clock.Busy.ShouldBe(TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task Progress_comes_at_its_part_of_the_time()
    {
        var (recorder, _, _) = await Run(Plans.Of("compute"), RunPosition.Start);
        recorder.Events.Where(post => post.StepId is not null && post.Type != "placement.decided")
            .Select(post => (post.Timestamp!.Value.ToDateTimeOffset() - Plans.Start).TotalSeconds)
            .ShouldBe([0, 25, 50, 75, 100]);
    }

    [Fact]
    public async Task A_step_waits_for_its_planned_time_only_where_windows_count()
    {
        var late = Plans.Of("compute");
        late = late with { PlanData = late.PlanData with { Steps = [late.PlanData.Steps[0] with { PlannedStart = Plans.Start.AddHours(1) }] } };
        var (_, waiting, _) = await Run(late, RunPosition.Start);
        var (_, eager, _) = await Run(late with { PlanData = late.PlanData with { WaitForWindows = false } }, RunPosition.Start);
        waiting.Now.ShouldBe(Plans.Start.AddHours(1).AddSeconds(100));
        eager.Now.ShouldBe(Plans.Start.AddSeconds(100));
    }

    [Fact]
    public async Task After_any_number_of_events_a_resumed_run_reports_exactly_the_rest()
    {
        var work = Plans.Of(Kinds);
        var (whole, wholeClock, _) = await Run(work, RunPosition.Start);
        for (var kept = 0; kept <= whole.Events.Count; kept++)
        {
            var done = whole.Keys.Take(kept).ToList();
            var (rest, clock, result) = await Run(work, RunPosition.After(done));
            result.ShouldBe(StageResult.Completed);
            done.Concat(rest.Keys).ShouldBe(whole.Keys);
            var spent = kept == 0 ? TimeSpan.Zero : whole.Events[kept - 1].Timestamp!.Value.ToDateTimeOffset() - Plans.Start;
            clock.Busy.ShouldBe(wholeClock.Busy - spent);
        }
    }

    [Fact]
    public async Task After_any_number_of_events_a_stop_is_told_once_and_a_resumed_run_stays_stopped()
    {
        var work = Plans.Of(Kinds);
        var (whole, _, _) = await Run(work, RunPosition.Start);
        for (var at = 1; at < whole.Events.Count; at++)
        {
            using var stop = new CancellationTokenSource();
            var stopAt = at;
            var recorder = new Recorder(count =>
            {
                if (count == stopAt)
                    stop.Cancel();
            });
            var result = await new StageRunner(recorder).Run(work, new SkippingClock(), RunPosition.Start, stop.Token, CancellationToken.None);
            result.ShouldBe(StageResult.Stopped);
            recorder.Keys.SkipLast(1).ShouldBe(whole.Keys.Take(at));
            recorder.Types.Last().ShouldBe("step.stopped");
            var (again, _, resumed) = await Run(work, RunPosition.After(recorder.Keys));
            resumed.ShouldBe(StageResult.Stopped);
            again.Events.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("program")]
    [InlineData("")]
    public async Task Work_of_an_unknown_kind_fails_with_a_reason_and_says_so_once(string kind)
    {
        var (recorder, _, result) = await Run(Plans.Of("compute", kind), RunPosition.Start);
        result.ShouldBe(StageResult.Failed);
        recorder.Types.ShouldBe(["job.failed"]);
        recorder.Events[0].Payload!.Value.GetProperty("error").GetString()!.ShouldContain($"'{kind}'");
        var (again, _, _) = await Run(Plans.Of("compute", kind), RunPosition.After(recorder.Keys));
        again.Events.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(HazardKinds.Eclipse, "eclipse_at")]
    [InlineData(HazardKinds.SouthAtlanticAnomaly, "anomaly_at")]
    public async Task A_hazard_in_the_middle_of_computing_is_preceded_by_a_checkpoint_from_which_a_resumed_run_goes_on(string kind, string member)
    {
        var work = Plans.Of("compute");
        var recorder = new Recorder();
        await new StageRunner(recorder, new OneHazard(new(Plans.Start.AddSeconds(40), kind))).Run(work, new SkippingClock(), RunPosition.Start, CancellationToken.None);
        var saved = recorder.Events.FindIndex(post => post.Type == "checkpoint.saved");
        var payload = recorder.Events[saved].Payload!.Value;
        payload.GetProperty("percent").GetInt32().ShouldBe(40);
        payload.GetProperty("reason").GetString().ShouldBe(kind);
        payload.GetProperty(member).GetDateTimeOffset().ShouldBe(Plans.Start.AddSeconds(40));
        recorder.Events[saved - 1].Key.ShouldBe("compute-0/step.progress/25");
        recorder.Events[saved + 1].Key.ShouldBe("compute-0/step.progress/50");
        var (_, clock, _) = await Run(work, RunPosition.After(recorder.Keys.Take(saved + 1)));
        clock.Busy.ShouldBe(TimeSpan.FromSeconds(60));
    }

    private static async Task<(Recorder Recorder, SkippingClock Clock, StageResult Result)> Run(AgentWork work, RunPosition from)
    {
        var (recorder, clock) = (new Recorder(), new SkippingClock());
        return (recorder, clock, await new StageRunner(recorder).Run(work, clock, from, CancellationToken.None));
    }

    private sealed class OneHazard(Hazard hazard) : ISatelliteState
    {
        public void Enter(SatelliteActivity activity, DateTimeOffset mission)
        {
        }

        public IReadOnlyList<Hazard> HazardsWithin(DateTimeOffset after, DateTimeOffset before) =>
            hazard.At > after && hazard.At < before ? [hazard] : [];
    }
}
