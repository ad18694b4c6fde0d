namespace Orrery.Planning.Tests.Plans;

public sealed class InfeasibleTests
{
    private static readonly WorkSpec Spec = TestFleet.DocumentedSpec(TestFleet.Epoch);

    public static TheoryData<string, string> Cases => new()
    {
        { "no satellites", ReasonCodes.NoCandidates },
        { "five stages", ReasonCodes.TooFewSatellites },
        { "decayed", ReasonCodes.ElementsExpired },
        { "no stations", ReasonCodes.NoContact },
        { "short horizon", ReasonCodes.HorizonExceeded },
        { "short deadline", ReasonCodes.DeadlineExceeded },
        { "huge layer", ReasonCodes.MemoryExceeded },
        { "booked out", ReasonCodes.NotEnoughCompute },
        { "too many clients", ReasonCodes.TooFewSatellites },
        { "too many rounds", ReasonCodes.TooManyStages },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_infeasible_plan_says_why_and_what_would_help(string name, string code)
    {
        var plan = TestFleet.Plan(Input(name));

        plan.Feasible.ShouldBeFalse();
        plan.Reasons.ShouldHaveSingleItem().Code.ShouldBe(code, plan.Reasons[0].Message);
        plan.Reasons[0].Remedy.ShouldNotBeEmpty();
        plan.Bookings.ShouldBeEmpty();
        plan.Fingerprint.ShouldNotBeEmpty();
    }

    private static PlanningInput Input(string name)
    {
        var input = new PlanningInput { Spec = Spec, Fleet = TestFleet.Of(TestFleet.Documented) };
        var single = Spec with { Class = WorkloadClass.Single, Stages = null };
        return name switch
        {
            "no satellites" => input with { AvoidSatellites = TestFleet.Documented.ToHashSet() },
            "five stages" => input with { Spec = Spec with { Stages = 5 } },
            "decayed" => input with { Fleet = Sinking(input.Fleet) },
            "no stations" => input with { Spec = single with { InputMb = 1 }, Fleet = input.Fleet with { Stations = [] } },
            "short horizon" => input with { Spec = single with { DurationS = 7200, Horizon = TimeSpan.FromHours(1) } },
            "short deadline" => input with { Spec = Spec with { Deadline = TimeSpan.FromSeconds(3) } },
            "huge layer" => input with { Spec = single with { Layers = [new("huge", 1, 1, 1e9)] } },
            "booked out" => input with { Spec = single, Bookings = [.. TestFleet.Documented.Select(BookedOut)] },
            "too many clients" => input with { Spec = Spec with { Class = WorkloadClass.Federated, MinParticipants = 9 } },
            _ => input with { Spec = Spec with { Class = WorkloadClass.Federated, MinParticipants = 3, Rounds = 1000 } },
        };
    }

    private static Booking BookedOut(int satellite) =>
        new(BookingKind.Satellite, $"{satellite}", Spec.StartAt.AddDays(-1), Spec.StartAt.AddDays(5));

    private static FleetSnapshot Sinking(FleetSnapshot fleet) => fleet with
    {
        Satellites = [.. fleet.Satellites.Select(satellite => satellite with { Elements = satellite.Elements with { MeanMotionRevPerDay = 16.6, Eccentricity = 0.001 } })],
    };
}
