using Orrery.Planning.Verification;

namespace Orrery.Planning.Tests.Verification;

public sealed class SoundPlanTests
{
    [Fact]
    public void Documented_plans_and_their_successors_are_sound()
    {
        for (var i = 0; i < 20; i++)
        {
            var input = TestFleet.DocumentedInput(TestFleet.Epoch.AddHours(i * 17.7));
            var plan = Sound(input);
            var done = plan.Stages[0];
            Sound(input with { Bookings = plan.Bookings });
            Sound(input with { Previous = plan, NotBefore = done.End.AddMinutes(5), Finished = [new(0, $"{done.SatelliteId}", done.End)] });
        }
    }

    [Theory]
    [InlineData(2000, 50)]
    [InlineData(0, 4000)]
    [InlineData(6000, 0)]
    public void Single_stages_with_input_and_output_are_sound(double inputMb, double outputMb)
    {
        for (var i = 0; i < 5; i++)
            Sound(Samples.Ground with { Spec = Samples.Ground.Spec with { InputMb = inputMb, OutputMb = outputMb, StartAt = TestFleet.Epoch.AddHours(i * 31), Horizon = TimeSpan.FromHours(24) } });
    }

    [Theory]
    [InlineData(40)]
    [InlineData(4000)]
    [InlineData(30_000)]
    public void Chains_over_links_between_satellites_are_sound(double activationMb) => Sound(Samples.Crosslink with
    {
        Spec = Samples.Crosslink.Spec with { Layers = [new("a", 10, activationMb), new("b", 30, activationMb)] },
    }).Transfers.ShouldContain(leg => leg.Kind == TransferKind.InterSatellite);

    [Fact]
    public void Data_that_comes_down_at_several_stations_and_goes_on_from_others_is_sound() => Sound(Samples.Documented with
    {
        Spec = Samples.Documented.Spec with { Layers = [new("a", 2, 9000), new("b", 2, 9000)], Stages = 2, Horizon = TimeSpan.FromHours(48) },
    }).Transfers.Count(leg => leg.Kind == TransferKind.Terrestrial).ShouldBeGreaterThan(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plans_on_buses_that_cannot_compute_all_the_time_are_sound(bool timed)
    {
        var input = Samples.Ground with { Spec = Samples.Ground.Spec with { InputMb = 0, OutputMb = 0, DurationS = timed ? 9000 : null, Layers = [new("a", 3000, 0)] } };
        var plan = Sound(input.With(bus => bus with { BatteryWh = 60, SolarW = 120 }));

        plan.MakespanS.ShouldBeGreaterThan(Sound(input).MakespanS + 60);
    }

    private static Plan Sound(PlanningInput input)
    {
        var plan = TestFleet.Plan(input);
        plan.Feasible.ShouldBeTrue();
        PlanVerifier.Verify(input, plan).ShouldBeEmpty();
        return plan;
    }
}
