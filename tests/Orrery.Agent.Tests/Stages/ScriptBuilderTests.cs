using FsCheck;
using FsCheck.Fluent;
using Orrery.Agent.Stages;
using Orrery.Agent.Tests.Fakes;

namespace Orrery.Agent.Tests.Stages;

public sealed class ScriptBuilderTests
{
    private static readonly string[] Kinds = ["compute", "isl_transfer", "downlink", "uplink", "terrestrial"];

    [Fact]
    public void A_script_says_what_the_runner_reports_and_when()
    {
        var kinds = Gen.Elements(Kinds).ListOf().Where(list => list.Count <= 6);
        Prop.ForAll(kinds.ToArbitrary(), list =>
        {
            var work = Plans.Of([.. list]);
            var recorder = new Recorder();
            new StageRunner(recorder).Run(work, new SkippingClock(), RunPosition.Start, CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
            var script = ScriptBuilder.Build(work.PlanData);
            script.Select(e => (e.Type, e.StepId, e.JobId)).ShouldBe(recorder.Events.Select(post => (post.Type!, post.StepId, post.JobId!)));
            script.Select(e => e.Payload.GetRawText()).ShouldBe(recorder.Events.Select(post => post.Payload!.Value.GetRawText()));
            if (list.Count > 0)
                script.Select(e => e.Timestamp).ShouldBe(recorder.Events.Select(post => post.Timestamp!.Value));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_script_is_never_empty_and_its_times_never_decrease()
    {
        ScriptBuilder.Build(Plans.Of().PlanData).Select(e => e.Type).ShouldBe(["job.accepted", "job.completed"]);
        var work = Plans.Of("compute", "downlink").PlanData;
        var overlapping = work with { Steps = [work.Steps[0], work.Steps[1] with { PlannedStart = Plans.Start }] };
        var times = ScriptBuilder.Build(overlapping).Select(e => e.Timestamp.UnixNanoseconds).ToList();
        times.ShouldBe(times.Order());
    }
}
