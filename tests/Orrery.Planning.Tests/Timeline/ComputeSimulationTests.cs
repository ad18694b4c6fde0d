using Orrery.Orbits;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Tests.Timeline;

public sealed class ComputeSimulationTests
{
    private const double Hour = 3600;

    private static readonly BusClass Bus = FleetConfiguration.Default.BusClass("microsat");

    [Fact]
    public void A_satellite_in_sunlight_computes_at_its_full_rate() =>
        Run(Bus, []).Tflop.Total.ShouldBe(10 * Hour * Bus.TflopsSun, 1e-3);

    [Fact]
    public void In_umbra_it_computes_until_the_battery_is_down_to_its_reserve()
    {
        var profile = Run(Bus, [new(0, 0, 10 * Hour, 10 * Hour, 0)]);

        var seconds = Bus.UsableWh * Hour / (Bus.IdleW + Bus.ComputeUmbraW);
        profile.Duty.Total.ShouldBe(seconds, 0.1);
        profile.Tflop.Total.ShouldBe(seconds * Bus.TflopsUmbra, 0.1);
    }

    [Fact]
    public void At_the_reserve_it_computes_as_much_as_the_sun_supports()
    {
        var weak = Bus with { SolarW = Bus.IdleW + (Bus.ComputeW / 2), BatteryWh = 1e-6 };

        Run(weak, []).Duty.Total.ShouldBe(5 * Hour, 1);
    }

    [Fact]
    public void At_the_thermal_limit_it_computes_as_much_as_the_radiator_carries_off()
    {
        var steady = Bus.SunEnvironmentC + ((Bus.IdleW + (Bus.ComputeW / 2)) / Bus.RadiatorWPerK);
        var hot = Bus with { ThermalLimitC = steady, HeatCapacityJPerK = 1 };

        Run(hot, []).Duty.Total.ShouldBe(5 * Hour, 5);
    }

    [Fact]
    public void After_a_deep_night_it_charges_to_the_reserve_before_it_computes()
    {
        var profile = Run(Bus, [new(0, 0, 5 * Hour, 5 * Hour, 0)]);

        profile.Tflop.Pieces(0, 10 * Hour).Single(piece => piece.Tag == ComputeProfile.Sunlit).Start.ShouldBeGreaterThan(5 * Hour);
    }

    [Fact]
    public void Steps_of_light_cover_the_time_without_gaps()
    {
        var steps = LightStep.Divide([new(100, 110, 2000, 2010, 0), new(5000, 5005, 5005, 5010, 0.4)], 50, 6000).ToList();

        steps[0].Start.ShouldBe(50);
        steps[^1].End.ShouldBe(6000);
        steps.Zip(steps.Skip(1)).ShouldAllBe(pair => Math.Abs(pair.First.End - pair.Second.Start) < 1e-9);
        steps.Where(step => step.Umbra).Sum(step => step.End - step.Start).ShouldBe(1890, 1e-6);
    }

    private static ComputeProfile Run(BusClass bus, IReadOnlyList<Shadow> shadows) => ComputeSimulation.Run(bus, LightStep.Divide(shadows, 0, 10 * Hour));
}
