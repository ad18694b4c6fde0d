using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class FleetPassFinderTests
{
    private const double ToleranceSeconds = 0.1;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    [Fact]
    public void Passes_are_those_of_a_look_every_second() =>
        Examples.Check(
            from satellite in Examples.Satellites
            from site in Examples.Sites
            from mask in Examples.Real(-3, 60)
            select (satellite, site, mask),
            60,
            example =>
            {
                var satellite = new Sgp4Propagator(example.satellite);
                var found = FleetPassFinder.Find([satellite], [new(example.site, example.mask)], Examples.Epoch, Examples.Epoch + Interval);
                var expected = BruteForce.Windows(t => ElevationDeg(satellite, example.site, t) > example.mask, Interval.TotalSeconds);
                BruteForce.ShouldMatch(found.Select(f => Seconds(f.Pass)), expected, ToleranceSeconds);
            });

    [Fact]
    public void Every_pass_is_what_the_search_for_one_satellite_and_one_site_finds() =>
        Examples.Check(
            from satellites in Examples.Satellites.ListOf(5)
            from sites in Examples.Sites.ListOf(4)
            select (satellites, sites),
            20,
            example =>
            {
                Sgp4Propagator[] satellites = [.. example.satellites.Select(e => new Sgp4Propagator(e))];
                PassSite[] sites = [.. example.sites.Select(s => new PassSite(s, 7))];
                var (end, found) = (Examples.Epoch + Interval, new List<(int, int, Pass)>());
                foreach (var (satellite, s) in satellites.Select((satellite, s) => (satellite, s)))
                {
                    foreach (var (site, i) in sites.Select((site, i) => (site, i)))
                        found.AddRange(PassFinder.Find(satellite, site.Site, 7, Examples.Epoch, end).Select(pass => (s, i, pass)));
                }

                var together = FleetPassFinder.Find(satellites, sites, Examples.Epoch, end);
                together.Count.ShouldBe(found.Count);
                foreach (var (one, (satellite, site, pass)) in together.Zip(found))
                {
                    (one.Satellite, one.Site, one.Pass.RiseClipped, one.Pass.SetClipped).ShouldBe((satellite, site, pass.RiseClipped, pass.SetClipped));
                    one.Pass.Rise.ShouldBe(pass.Rise, TimeSpan.FromMilliseconds(2));
                    one.Pass.Set.ShouldBe(pass.Set, TimeSpan.FromMilliseconds(2));
                    one.Pass.PeakElevationDeg.ShouldBe(pass.PeakElevationDeg, 1e-3);
                    Math.Cos(double.DegreesToRadians(one.Pass.RiseAzimuthDeg - pass.RiseAzimuthDeg)).ShouldBe(1, 1e-9);
                }
            });

    [Fact]
    public void A_grazing_pass_shorter_than_a_second_is_found()
    {
        var satellite = new Sgp4Propagator(Examples.Iss);
        var site = FleetConfiguration.Default.FindStation("wallops")!.Site;
        var end = Examples.Epoch.AddDays(1);
        var highest = PassFinder.Find(satellite, site, 5, Examples.Epoch, end).MaxBy(p => p.PeakElevationDeg)!;
        var grazing = FleetPassFinder.Find([satellite], [new(site, highest.PeakElevationDeg - 1e-4)], Examples.Epoch, end).ShouldHaveSingleItem();
        (grazing.Pass.Set - grazing.Pass.Rise).TotalSeconds.ShouldBeInRange(0.01, 1);
        FleetPassFinder.Find([satellite], [new(site, highest.PeakElevationDeg + 1e-4)], Examples.Epoch, end).ShouldBeEmpty();
    }

    [Fact]
    public void A_decay_ends_the_search_where_it_ends_that_for_one_satellite()
    {
        var falling = VerificationTable.Cases.Single(c => c.Elements.NoradId == 28_872).Elements;
        var satellite = new Sgp4Propagator(falling);
        satellite.Propagate(0, out var teme, out _);
        var below = Frames.ToGeodetic(Frames.ToEarthFixed(teme, Frames.Gmst(falling.Epoch))) with { HeightKm = 0 };
        var site = new GroundSite(below);
        var end = falling.Epoch.AddHours(2);
        var alone = PassFinder.Find(satellite, site, 5, falling.Epoch, end).ShouldHaveSingleItem();
        var found = FleetPassFinder.Find([satellite], [new(site, 5)], falling.Epoch, end).ShouldHaveSingleItem();
        found.Pass.Set.ShouldBe(alone.Set, TimeSpan.FromMilliseconds(10));
        found.Pass.RiseClipped.ShouldBeTrue();
    }

    [Fact]
    public void An_end_before_the_start_is_refused() => Should.Throw<ArgumentException>(
        () => FleetPassFinder.Find([new(Examples.Iss)], [], Examples.Epoch, Examples.Epoch.AddSeconds(-1)));

    private static (double Start, double End) Seconds(Pass pass) =>
        ((pass.Rise - Examples.Epoch).TotalSeconds, (pass.Set - Examples.Epoch).TotalSeconds);

    private static double ElevationDeg(Sgp4Propagator satellite, GroundSite site, double seconds)
    {
        var time = Examples.Epoch.AddSeconds(seconds);
        satellite.Propagate(time, out var teme, out _);
        return double.RadiansToDegrees(site.Elevation(Frames.ToEarthFixed(teme, Frames.Gmst(time))));
    }
}
