namespace Orrery.Orbits.Tests;

public class AnomalyFinderTests
{
    private const double ToleranceSeconds = 0.1;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);
    private static readonly SouthAtlanticAnomaly Anomaly = FleetConfiguration.Default.SouthAtlanticAnomaly;

    [Fact]
    public void Times_inside_are_those_of_a_look_every_second() => Examples.Check(Examples.Satellites, 80, elements =>
        ShouldMatch(elements, Anomaly));

    [Fact]
    public void A_narrow_region_near_the_pole_is_not_jumped_over()
    {
        var narrow = Anomaly with { Polygon = [new(70, 10), new(71, 60), new(72, 10)], MinHeightKm = 100, MaxHeightKm = 3_000 };
        Examples.Check(Examples.Satellites, 40, elements => ShouldMatch(elements, narrow));
    }

    [Fact]
    public void The_station_crosses_it_at_most_once_a_revolution()
    {
        var found = AnomalyFinder.Find(Ephemeris.Sample(new(Examples.Iss), Examples.Epoch, Examples.Epoch.AddDays(1)), Anomaly);
        found.Count.ShouldBeInRange(6, 16);
        found.ShouldAllBe(range => (range.End - range.Start).TotalMinutes < 30);
    }

    private static void ShouldMatch(ElementSet elements, SouthAtlanticAnomaly anomaly)
    {
        var satellite = new Sgp4Propagator(elements);
        var ephemeris = Ephemeris.Sample(satellite, Examples.Epoch, Examples.Epoch + Interval);
        var expected = BruteForce.Windows(
            t =>
            {
                var time = Examples.Epoch.AddSeconds(t);
                satellite.Propagate(time, out var teme, out _);
                return anomaly.Contains(Frames.ToGeodetic(Frames.ToEarthFixed(teme, Frames.Gmst(time))));
            },
            Interval.TotalSeconds);
        var found = AnomalyFinder.Find(ephemeris, anomaly).Select(r => ((r.Start - Examples.Epoch).TotalSeconds, (r.End - Examples.Epoch).TotalSeconds));
        BruteForce.ShouldMatch(found, expected, ToleranceSeconds);
    }
}
