namespace Orrery.Planning.Tests.Plans;

public sealed class InterSatelliteTests
{
    private static readonly FleetSnapshot Pair = TestFleet.Of(25544) with { Satellites = [.. TestFleet.Of(25544).Satellites, TestFleet.Companion], Stations = [] };

    [Fact]
    public void Without_stations_activations_go_over_the_link_between_the_satellites()
    {
        var plan = TestFleet.Plan(Input(PlanObjective.MinLatency, 4000));

        plan.Feasible.ShouldBeTrue();
        plan.Transfers.ShouldAllBe(transfer => transfer.Kind == TransferKind.InterSatellite);
        plan.Transfers.Sum(transfer => transfer.Mb).ShouldBe(4000, 1e-6);
        plan.IslBound.ShouldBeTrue();
        plan.Bookings.ShouldContain(booking => booking.Kind == BookingKind.InterSatelliteLink && booking.Resource == "25544-99001");
    }

    [Fact]
    public void Much_data_is_split_over_several_contacts()
    {
        var plan = TestFleet.Plan(Input(PlanObjective.MinLatency, 30_000));

        plan.Feasible.ShouldBeTrue();
        plan.Transfers.Count.ShouldBeGreaterThan(1);
        plan.Transfers.Select(transfer => transfer.Leg).ShouldBe(Enumerable.Range(0, plan.Transfers.Count));
        plan.Transfers.Sum(transfer => transfer.Mb).ShouldBe(30_000, 1e-6);
    }

    [Fact]
    public void A_booked_link_is_not_used()
    {
        var input = Input(PlanObjective.MinLatency, 400);
        var free = TestFleet.Plan(input);
        var taken = free.Bookings.Where(booking => booking.Kind == BookingKind.InterSatelliteLink).ToList();
        var other = TestFleet.Plan(input with { Bookings = taken });

        other.Feasible.ShouldBeTrue();
        other.Transfers.ShouldAllBe(transfer => taken.TrueForAll(booking => transfer.Start >= booking.End || transfer.End <= booking.Start));
    }

    [Theory]
    [InlineData(PlanObjective.Balanced)]
    [InlineData(PlanObjective.MaxReliability)]
    public void No_objective_ends_before_the_one_for_latency(PlanObjective objective)
    {
        var fastest = TestFleet.Plan(Input(PlanObjective.MinLatency, 30));
        var plan = TestFleet.Plan(Input(objective, 30));

        plan.Feasible.ShouldBeTrue();
        plan.MakespanS.ShouldBeGreaterThanOrEqualTo(fastest.MakespanS - 1e-3);
        if (objective == PlanObjective.Balanced)
            plan.Stages.Max(stage => stage.ComputeTflop).ShouldBe(40, 1e-6);
    }

    private static PlanningInput Input(PlanObjective objective, double activationMb) => new()
    {
        Fleet = Pair,
        Spec = new()
        {
            Class = WorkloadClass.ModelParallel,
            Stages = 2,
            Objective = objective,
            StartAt = TestFleet.Epoch,
            Horizon = TimeSpan.FromHours(24),
            Layers = [new("a", 10, activationMb), new("b", 30, activationMb), new("c", 10, activationMb), new("d", 30, activationMb)],
        },
    };
}
