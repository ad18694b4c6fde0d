using Orrery.Planning.Verification;

namespace Orrery.Planning.Tests.Plans;

/// <summary>A workload that may be done more cheaply is degraded only as far as it must be.</summary>
public sealed class QualityTierTests
{
    private static readonly QualityTier[] Tiers = [new("full"), new("int8", 0.5, 0.25, 0.25, 0.5), new("distilled", 0.05, 0.02, 0.1, 0.1)];

    private static readonly WorkSpec Spec = new()
    {
        Class = WorkloadClass.ModelParallel,
        Stages = 2,
        Layers = [new("a", 400, 40, 100), new("b", 400, 0, 100)],
        OutputMb = 200,
        StartAt = TestFleet.Epoch,
        Horizon = TimeSpan.FromHours(24),
        Tiers = Tiers,
    };

    [Fact]
    public void The_best_is_taken_when_it_fits_and_is_the_workload_as_it_stands()
    {
        var plan = Plan(Spec);

        plan.QualityTier.ShouldBe("full");
        plan.Stages.Sum(stage => stage.ComputeTflop).ShouldBe(800, 1e-6);
        plan.MakespanS.ShouldBe(Plan(Spec with { Tiers = [] }).MakespanS, 1e-6);
        plan.Fingerprint.ShouldNotBe(Plan(Spec with { Tiers = [] }).Fingerprint, "a submit that expects the one must not get the other");
    }

    [Fact]
    public void A_deadline_that_the_best_misses_is_met_by_the_first_that_can()
    {
        var full = Plan(Spec).MakespanS;
        var plan = Plan(Spec with { Deadline = TimeSpan.FromSeconds(full * 0.8) });

        plan.QualityTier.ShouldNotBe("full");
        plan.MakespanS.ShouldBeLessThanOrEqualTo(full * 0.8);
        plan.Stages.Sum(stage => stage.ComputeTflop).ShouldBe(800 * Tiers.First(tier => tier.Name == plan.QualityTier).Compute, 1e-6);
        plan.Notes[0].ShouldStartWith("Quality tier full cannot be planned: The plan takes");
    }

    [Fact]
    public void A_model_that_no_memory_holds_is_run_in_the_tier_that_fits()
    {
        var memory = TestFleet.Of(TestFleet.Documented).Satellites.Max(satellite => satellite.Bus.MemoryMb);
        var plan = Plan(Spec with { Layers = [new("a", 40, 40, memory * 3), new("b", 40, 0, memory * 3)] });

        plan.QualityTier.ShouldBe("int8");
        plan.Stages.ShouldAllBe(stage => stage.MemoryMb <= memory);
    }

    [Fact]
    public void When_none_fits_the_reasons_are_those_of_the_cheapest_and_the_others_are_noted()
    {
        var plan = TestFleet.Plan(Input(Spec with { Deadline = TimeSpan.FromSeconds(1) }));

        plan.Feasible.ShouldBeFalse();
        plan.QualityTier.ShouldBeNull();
        plan.Reasons.ShouldHaveSingleItem().Code.ShouldBe(ReasonCodes.DeadlineExceeded);
        plan.Notes.Count(note => note.StartsWith("Quality tier", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void What_has_begun_in_a_tier_goes_on_in_it()
    {
        var begun = Plan(Spec with { Deadline = TimeSpan.FromSeconds(Plan(Spec).MakespanS * 0.8) });
        var first = begun.Stages[0];
        var again = TestFleet.Plan(Input(Spec) with
        {
            Previous = begun,
            NotBefore = first.End.AddMinutes(5),
            Finished = [new FinishedStage(0, $"{first.SatelliteId}", first.End)],
        });

        again.Feasible.ShouldBeTrue();
        again.QualityTier.ShouldBe(begun.QualityTier);
    }

    [Fact]
    public void A_plan_of_a_tier_that_is_not_there_or_of_another_is_found_out()
    {
        var plan = Plan(Spec);

        PlanVerifier.Verify(Input(Spec), plan with { QualityTier = "none" }).ShouldHaveSingleItem().Code.ShouldBe(ViolationCodes.WorkChanged);
        PlanVerifier.Verify(Input(Spec), plan with { QualityTier = null }).ShouldHaveSingleItem().Code.ShouldBe(ViolationCodes.WorkChanged);
        PlanVerifier.Verify(Input(Spec), plan with { QualityTier = "int8" }).ShouldNotBeEmpty();
    }

    private static Plan Plan(WorkSpec spec)
    {
        var plan = TestFleet.Plan(Input(spec));
        plan.Feasible.ShouldBeTrue(string.Join(' ', plan.Reasons.Select(reason => reason.Message)));
        return plan;
    }

    private static PlanningInput Input(WorkSpec spec) => new() { Fleet = TestFleet.Of(TestFleet.Documented), Spec = spec };
}
