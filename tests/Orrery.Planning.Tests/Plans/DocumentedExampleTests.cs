namespace Orrery.Planning.Tests.Plans;

public sealed class DocumentedExampleTests
{
    [Fact]
    public void The_documented_request_gets_the_documented_verdict_whenever_it_starts()
    {
        for (var i = 0; i < 50; i++)
        {
            var plan = TestFleet.Plan(TestFleet.DocumentedInput(TestFleet.Epoch.AddHours(i * 29.3)));

            plan.Feasible.ShouldBeTrue($"start {i}: {string.Join(", ", plan.Reasons)}");
            plan.Candidates.ShouldBe(3);
            plan.Stages.Count.ShouldBe(3);
            plan.Stages.Select(stage => stage.SatelliteId!.Value).Order().ShouldBe(TestFleet.Documented);
            plan.IslBound.ShouldBeFalse();
            plan.Price.Ocu.ShouldBe(450);
            plan.Price.Cents.ShouldBe(5400);
            plan.LowerBoundS.ShouldBeLessThanOrEqualTo(plan.MakespanS);
            plan.GapFraction.ShouldBe(0);
        }
    }

    [Fact]
    public void A_layer_split_over_stages_is_noted()
    {
        var plan = TestFleet.Plan(TestFleet.DocumentedInput(TestFleet.Epoch));

        plan.Stages.SelectMany(stage => stage.Layers).ShouldAllBe(share => share.Name == "embed" && Math.Abs(share.Fraction - (1.0 / 3)) < 1e-9);
        plan.Notes.ShouldContain(note => note.Contains("'embed' is split into 3 equal parts"));
    }

    [Fact]
    public void The_same_input_gives_the_same_plan_from_another_catalog()
    {
        var input = TestFleet.DocumentedInput(TestFleet.Epoch.AddHours(7));
        var first = TestFleet.Plan(input);
        var second = TestFleet.Plan(input, catalog: new());

        second.Fingerprint.ShouldBe(first.Fingerprint);
        PlanText.Of(second).ShouldBe(PlanText.Of(first));
    }

    [Fact]
    public void A_plan_survives_being_stored()
    {
        var plan = TestFleet.Plan(TestFleet.DocumentedInput(TestFleet.Epoch));

        var text = PlanText.Of(plan);
        var again = System.Text.Json.JsonSerializer.Deserialize(text, PlanningJson.Default.Plan)!;

        PlanText.Of(again).ShouldBe(text);
        text.ShouldContain("\"makespan_s\"");
        text.ShouldContain("\"in_umbra\"");
    }
}
