using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class PassFinderTests
{
    private const double ToleranceSeconds = 0.1;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    [Fact]
    public void Passes_are_those_of_a_look_every_second() =>
        Examples.Check(
            from satellite in Examples.Satellites
            from site in Examples.Sites
            from mask in Examples.Real(0, 60)
            select (satellite, site, mask),
            60,
            example =>
            {
                var satellite = new Sgp4Propagator(example.satellite);
                var found = PassFinder.Find(satellite, example.site, example.mask, Examples.Epoch, Examples.Epoch + Interval);
                var expected = BruteForce.Windows(t => ElevationDeg(satellite, example.site, t) > example.mask, Interval.TotalSeconds);
                BruteForce.ShouldMatch(Seconds(found), expected, ToleranceSeconds);
            });

    [Fact]
    public void An_ephemeris_gives_the_same_passes() =>
        Examples.Check(
            from satellite in Examples.Satellites
            from site in Examples.Sites
            select (satellite, site),
            60,
            example =>
            {
                var satellite = new Sgp4Propagator(example.satellite);
                var end = Examples.Epoch + Interval;
                var shared = PassFinder.Find(Ephemeris.Sample(satellite, Examples.Epoch, end), example.site, 10);
                var alone = PassFinder.Find(satellite, example.site, 10, Examples.Epoch, end);
                BruteForce.ShouldMatch(Seconds(shared), [.. Seconds(alone).Where(p => p.End - p.Start > 2)], ToleranceSeconds);
            });

    [Fact]
    public void A_peak_is_the_highest_point_of_its_pass()
    {
        var satellite = new Sgp4Propagator(Examples.Iss);
        var site = FleetConfiguration.Default.FindStation("kiruna")!.Site;
        var passes = PassFinder.Find(satellite, site, 0, Examples.Epoch, Examples.Epoch.AddDays(2));
        passes.Count.ShouldBeGreaterThan(5);
        foreach (var pass in passes)
        {
            for (var time = pass.Rise; time <= pass.Set; time = time.AddSeconds(1))
                ElevationDeg(satellite, site, (time - Examples.Epoch).TotalSeconds).ShouldBeLessThanOrEqualTo(pass.PeakElevationDeg + 1e-6);
            pass.Peak.ShouldBeInRange(pass.Rise, pass.Set);
            pass.RiseAzimuthDeg.ShouldBeInRange(0, 360);
        }
    }

    [Fact]
    public void A_grazing_pass_shorter_than_a_second_is_found()
    {
        var satellite = new Sgp4Propagator(Examples.Iss);
        var site = FleetConfiguration.Default.FindStation("wallops")!.Site;
        var end = Examples.Epoch.AddDays(1);
        var highest = PassFinder.Find(satellite, site, 5, Examples.Epoch, end).MaxBy(p => p.PeakElevationDeg)!;
        var grazing = PassFinder.Find(satellite, site, highest.PeakElevationDeg - 1e-4, Examples.Epoch, end).ShouldHaveSingleItem();
        (grazing.Set - grazing.Rise).TotalSeconds.ShouldBeInRange(0.01, 1);
        Math.Abs((grazing.Peak - highest.Peak).TotalSeconds).ShouldBeLessThan(0.1);
        PassFinder.Find(satellite, site, highest.PeakElevationDeg + 1e-4, Examples.Epoch, end).ShouldBeEmpty();
    }

    [Fact]
    public void A_satellite_that_never_sets_is_one_pass_cut_at_both_ends()
    {
        var stationary = Examples.Iss with { Epoch = Examples.Epoch, MeanMotionRevPerDay = 1.0027, Eccentricity = 0.0001, InclinationDeg = 0.05, BStar = 0 };
        var satellite = new Sgp4Propagator(stationary);
        satellite.Propagate(Examples.Epoch, out var teme, out _);
        var below = Frames.ToGeodetic(Frames.ToEarthFixed(teme, Frames.Gmst(Examples.Epoch)));
        var site = new GroundSite(below with { HeightKm = 0 });
        var pass = PassFinder.Find(satellite, site, 5, Examples.Epoch, Examples.Epoch.AddDays(2)).ShouldHaveSingleItem();
        (pass.RiseClipped, pass.SetClipped).ShouldBe((true, true));
        (pass.Rise, pass.Set).ShouldBe((Examples.Epoch, Examples.Epoch.AddDays(2)));
        pass.PeakElevationDeg.ShouldBeGreaterThan(85);
    }

    [Fact]
    public void An_interval_that_begins_and_ends_within_a_pass_cuts_it()
    {
        var satellite = new Sgp4Propagator(Examples.Iss);
        var site = FleetConfiguration.Default.FindStation("south-point")!.Site;
        var whole = PassFinder.Find(satellite, site, 5, Examples.Epoch, Examples.Epoch.AddDays(1))[0];
        var (start, end) = (whole.Rise.AddSeconds(30), whole.Set.AddSeconds(-30));
        var cut = PassFinder.Find(satellite, site, 5, start, end).ShouldHaveSingleItem();
        (cut.Rise, cut.Set, cut.RiseClipped, cut.SetClipped).ShouldBe((start, end, true, true));
        (whole.RiseClipped, whole.SetClipped).ShouldBe((false, false));
    }

    [Fact]
    public void An_interval_of_no_length_or_backwards_is_no_surprise()
    {
        var satellite = new Sgp4Propagator(Examples.Iss);
        var site = FleetConfiguration.Default.GroundStations[0].Site;
        PassFinder.Find(satellite, site, 5, Examples.Epoch, Examples.Epoch).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => PassFinder.Find(satellite, site, 5, Examples.Epoch, Examples.Epoch.AddTicks(-1)));
    }

    private static IEnumerable<(double Start, double End)> Seconds(IReadOnlyList<Pass> passes) =>
        passes.Select(p => ((p.Rise - Examples.Epoch).TotalSeconds, (p.Set - Examples.Epoch).TotalSeconds));

    private static double ElevationDeg(Sgp4Propagator satellite, GroundSite site, double seconds)
    {
        var time = Examples.Epoch.AddSeconds(seconds);
        satellite.Propagate(time, out var teme, out _);
        return double.RadiansToDegrees(site.Elevation(Frames.ToEarthFixed(teme, Frames.Gmst(time))));
    }
}
