namespace Orrery.Planning.Tests.Plans;

public sealed class SingleTests
{
    private static readonly WorkSpec Empty = new() { StartAt = TestFleet.Epoch };

    [Fact]
    public void An_empty_workload_is_one_nominal_stage()
    {
        var plan = TestFleet.Plan(new() { Spec = Empty, Fleet = TestFleet.Of(TestFleet.Documented) });

        plan.Feasible.ShouldBeTrue();
        plan.MakespanS.ShouldBe(60, 1e-3);
        plan.Price.Ocu.ShouldBe(150);
        plan.Notes.ShouldContain(note => note.Contains("60 s"));
    }

    [Fact]
    public void Input_goes_up_and_output_comes_down()
    {
        var plan = TestFleet.Plan(new() { Spec = Empty with { InputMb = 200, OutputMb = 50 }, Fleet = TestFleet.Of(TestFleet.Documented) });

        plan.Feasible.ShouldBeTrue();
        plan.Transfers.Where(transfer => transfer.Kind == TransferKind.Uplink).Sum(transfer => transfer.Mb).ShouldBe(200, 1e-3);
        plan.Transfers.Where(transfer => transfer.Kind == TransferKind.Downlink).Sum(transfer => transfer.Mb).ShouldBe(50, 1e-3);
        plan.Transfers[0].FromStage.ShouldBeNull();
        plan.Transfers[^1].ToStage.ShouldBeNull();
    }

    [Fact]
    public void A_stage_on_the_ground_is_free_and_needs_no_satellite()
    {
        var plan = TestFleet.Plan(new() { Spec = Empty with { Location = StageLocation.Ground, Layers = [new("a", 20, 0)] }, Fleet = TestFleet.Of() });

        plan.Feasible.ShouldBeTrue();
        plan.Price.Cents.ShouldBe(0);
        plan.Stages.ShouldHaveSingleItem().SatelliteId.ShouldBeNull();
        plan.MakespanS.ShouldBe(2, 1e-9);
    }
}
