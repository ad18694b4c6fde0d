namespace Orrery.Orbits.Tests;

public class EclipseFinderTests
{
    private const double ToleranceSeconds = 0.1;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    [Fact]
    public void Eclipses_are_those_of_a_look_every_second() =>
        Examples.Check(Examples.Satellites, 60, elements =>
        {
            var satellite = new Sgp4Propagator(elements);
            var found = EclipseFinder.Find(satellite, Examples.Epoch, Examples.Epoch + Interval);
            var penumbra = BruteForce.Windows(t => Visible(satellite, t) < 1, Interval.TotalSeconds);
            var umbra = BruteForce.Windows(t => Visible(satellite, t) <= 0, Interval.TotalSeconds);
            BruteForce.ShouldMatch(found.Select(e => (Seconds(e.PenumbraStart), Seconds(e.PenumbraEnd))), penumbra, ToleranceSeconds);
            BruteForce.ShouldMatch(
                found.Where(e => e.UmbraStart is not null).Select(e => (Seconds(e.UmbraStart!.Value), Seconds(e.UmbraEnd!.Value))), umbra, ToleranceSeconds);
        });

    [Fact]
    public void The_station_has_an_eclipse_each_revolution_of_about_35_minutes()
    {
        var found = EclipseFinder.Find(new Sgp4Propagator(Examples.Iss), Examples.Epoch, Examples.Epoch.AddDays(1));
        found.Count.ShouldBeInRange(15, 17);
        foreach (var eclipse in found.Skip(1).SkipLast(1))
        {
            (eclipse.PenumbraEnd - eclipse.PenumbraStart).TotalMinutes.ShouldBeInRange(25, 37);
            (eclipse.UmbraStart!.Value - eclipse.PenumbraStart).TotalSeconds.ShouldBeInRange(5, 30);
        }
    }

    [Fact]
    public void An_ephemeris_gives_the_same_eclipses()
    {
        var satellite = new Sgp4Propagator(Examples.Iss);
        var end = Examples.Epoch + Interval;
        var alone = EclipseFinder.Find(satellite, Examples.Epoch, end);
        var shared = EclipseFinder.Find(Ephemeris.Sample(satellite, Examples.Epoch, end));
        shared.Count.ShouldBe(alone.Count);
        foreach (var (a, b) in alone.Zip(shared))
            Math.Abs((a.PenumbraStart - b.PenumbraStart).TotalSeconds).ShouldBeLessThan(ToleranceSeconds);
    }

    private static double Visible(Sgp4Propagator satellite, double seconds)
    {
        var time = Examples.Epoch.AddSeconds(seconds);
        satellite.Propagate(time, out var position, out _);
        return Eclipse.VisibleFraction(position, time);
    }

    private static double Seconds(DateTimeOffset time) => (time - Examples.Epoch).TotalSeconds;
}
