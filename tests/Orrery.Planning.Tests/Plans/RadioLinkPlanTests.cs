using Orrery.Orbits;
using Orrery.Planning.Verification;

namespace Orrery.Planning.Tests.Plans;

/// <summary>Plans over links from their parts: power, antennas, noise, air by elevation, each direction its own.</summary>
public sealed class RadioLinkPlanTests
{
    private static readonly FleetConfiguration Radio = FleetConfiguration.Default with { RadioLinks = new() };

    [Theory]
    [InlineData(WorkloadClass.Single)]
    [InlineData(WorkloadClass.ModelParallel)]
    [InlineData(WorkloadClass.DataParallel)]
    [InlineData(WorkloadClass.Federated)]
    [InlineData(WorkloadClass.SplitLearning)]
    public void Plans_of_every_class_are_sound(WorkloadClass workloadClass)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var input = WithRadio(ClassSpecs.Random(WorkloadClass.DataParallel, seed, 4, 3));
            TestFleet.Plan(input with { Spec = input.Spec with { Class = workloadClass, Rounds = 2, MinParticipants = 2, Steps = 2, Stages = workloadClass == WorkloadClass.ModelParallel ? 2 : null, Owner = input.Fleet.Satellites[0].Elements.NoradId } });
        }
    }

    [Fact]
    public void What_goes_up_takes_longer_than_what_comes_down()
    {
        var plan = TestFleet.Plan(WithRadio(Same(500)));

        var up = Mbps(plan, TransferKind.Uplink);
        var down = Mbps(plan, TransferKind.Downlink);
        up.ShouldBeLessThanOrEqualTo(Radio.RadioLinks!.Uplink.MaxRateMbps + 1e-6);
        up.ShouldBeLessThan(down / 2);
        var symmetric = TestFleet.Plan(Same(500));
        Mbps(symmetric, TransferKind.Uplink).ShouldBeGreaterThan(up);
    }

    [Fact]
    public void Thicker_air_makes_a_plan_longer_though_nothing_else_changes()
    {
        var thick = Radio with { RadioLinks = new() { Downlink = new RadioLinks().Downlink with { ZenithAttenuationDb = 2 } } };
        var input = WithRadio(Same(2_000));

        TestFleet.Plan(input with { Fleet = input.Fleet with { Configuration = thick } }).MakespanS.ShouldBeGreaterThan(TestFleet.Plan(input).MakespanS);
    }

    [Fact]
    public void A_plan_over_faster_links_is_found_out()
    {
        var input = Same(500);
        var plan = TestFleet.Plan(input);

        PlanVerifier.Verify(WithRadio(input), plan).ShouldContain(violation => violation.Code == ViolationCodes.OverCapacity);
    }

    private static double Mbps(Plan plan, TransferKind kind)
    {
        var legs = plan.Transfers.Where(transfer => transfer.Kind == kind).ToList();
        return 8 * legs.Sum(leg => leg.Mb) / legs.Sum(leg => (leg.End - leg.Start).TotalSeconds);
    }

    private static PlanningInput WithRadio(PlanningInput input) => input with { Fleet = input.Fleet with { Configuration = Radio } };

    private static PlanningInput Same(double mb) => new()
    {
        Fleet = TestFleet.Of(25544),
        Spec = new() { StartAt = TestFleet.Epoch, Horizon = TimeSpan.FromHours(24), InputMb = mb, OutputMb = mb, Layers = [new("a", 10, 0)] },
    };
}
