namespace Orrery.Orbits.Tests;

public class ComputeWindowsTests
{
    private static readonly BusClass Bus = FleetConfiguration.Default.BusClass("microsat");
    private static readonly TimeRange Day = new(Examples.Epoch, Examples.Epoch.AddDays(1));

    [Fact]
    public void With_power_to_spare_only_hazards_interrupt()
    {
        var satellite = new Sgp4Propagator(Examples.Iss);
        var hazards = AnomalyFinder.Find(Ephemeris.Sample(satellite, Day.Start, Day.End), FleetConfiguration.Default.SouthAtlanticAnomaly);
        var windows = ComputeWindows.Of(Bus, Day, EclipseFinder.Find(satellite, Day.Start, Day.End), hazards);
        windows.ShouldBe(TimeRange.Except(Day, hazards));
        windows.Sum(w => (w.End - w.Start).TotalHours).ShouldBe(24 - hazards.Sum(h => (h.End - h.Start).TotalHours), 1e-6);
    }

    [Fact]
    public void A_weak_panel_pauses_at_the_reserve_and_the_battery_never_falls_below_it()
    {
        var weak = Bus with { SolarW = 110 };
        var eclipses = EclipseFinder.Find(new(Examples.Iss), Day.Start, Day.End);
        var windows = ComputeWindows.Of(weak, Day, eclipses, []);
        windows.Count.ShouldBeGreaterThan(1);
        var (charge, least) = (weak.BatteryWh, weak.BatteryWh);
        for (var time = Day.Start; time < Day.End; time = time.AddSeconds(1))
        {
            var eclipse = eclipses.FirstOrDefault(e => e.PenumbraStart <= time && time < e.PenumbraEnd);
            var sun = eclipse is null ? 1 : eclipse.UmbraStart <= time && time < eclipse.UmbraEnd ? 0 : 0.5;
            var computes = windows.Any(w => w.Start <= time && time < w.End);
            var load = weak.IdleW + (computes ? sun > 0 ? weak.ComputeW : weak.ComputeUmbraW : 0);
            charge = Math.Min(weak.BatteryWh, charge + (((sun * weak.SolarW) - load) / 3600));
            if (computes)
                least = Math.Min(least, charge);
        }

        var reserve = weak.BatteryWh * weak.BatteryReserveFraction;
        least.ShouldBeInRange(reserve - 0.1, reserve + 1);
    }

    [Fact]
    public void What_is_left_without_overlapping_times()
    {
        static TimeRange Minutes(double from, double to) => new(Examples.Epoch.AddMinutes(from), Examples.Epoch.AddMinutes(to));
        TimeRange.Except(Minutes(0, 60), [Minutes(50, 70), Minutes(10, 30), Minutes(20, 25), Minutes(-5, 1), Minutes(80, 90)])
            .ShouldBe([Minutes(1, 10), Minutes(30, 50)]);
        TimeRange.Except(Minutes(0, 60), []).ShouldBe([Minutes(0, 60)]);
        TimeRange.Except(Minutes(0, 60), [Minutes(-1, 61)]).ShouldBeEmpty();
    }
}
