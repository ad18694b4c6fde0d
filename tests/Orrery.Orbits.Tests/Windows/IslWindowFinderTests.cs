using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class IslWindowFinderTests
{
    private const double ToleranceSeconds = 0.1;
    private static readonly IslLimits Limits = new();
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    [Fact]
    public void Windows_are_those_of_a_look_every_second() =>
        Examples.Check(
            from a in Examples.Satellites
            from b in Examples.Satellites
            select (a, b),
            50,
            example =>
            {
                var (a, b) = (new Sgp4Propagator(example.a), new Sgp4Propagator(example.b));
                var end = Examples.Epoch + Interval;
                var expected = BruteForce.Windows(t => IsLinked(a, b, t), Interval.TotalSeconds);
                BruteForce.ShouldMatch(Seconds(IslWindowFinder.Find(a, b, Limits, Examples.Epoch, end)), expected, ToleranceSeconds);
                var (sampledA, sampledB) = (Ephemeris.Sample(a, Examples.Epoch, end), Ephemeris.Sample(b, Examples.Epoch, end));
                BruteForce.ShouldMatch(Seconds(IslWindowFinder.Find(sampledA, sampledB, Limits)), expected, ToleranceSeconds);
            });

    [Fact]
    public void The_least_range_is_the_least_of_a_look_every_second()
    {
        var (a, b) = (new Sgp4Propagator(BundledFleet.Satellites[1].Elements), new Sgp4Propagator(BundledFleet.Satellites[2].Elements));
        var windows = IslWindowFinder.Find(a, b, Limits, Examples.Epoch, Examples.Epoch.AddDays(1));
        windows.Count.ShouldBeGreaterThan(3);
        foreach (var window in windows)
        {
            var (start, end) = ((window.Start - Examples.Epoch).TotalSeconds, (window.End - Examples.Epoch).TotalSeconds);
            var looks = Enumerable.Range(0, (int)(end - start) + 1).Select(s => start + s).Append(end);
            var least = looks.Min(t => RangeKm(a, b, t));
            window.MinRangeKm.ShouldBeInRange(least - 0.2, least + 1e-6);
        }
    }

    [Fact]
    public void Satellites_that_fly_together_are_always_linked()
    {
        var elements = Examples.Iss with { Epoch = Examples.Epoch };
        var (a, b) = (new Sgp4Propagator(elements), new Sgp4Propagator(elements with { MeanAnomalyDeg = elements.MeanAnomalyDeg + 5 }));
        var window = IslWindowFinder.Find(a, b, Limits, Examples.Epoch, Examples.Epoch.AddDays(1)).ShouldHaveSingleItem();
        (window.StartClipped, window.EndClipped).ShouldBe((true, true));
        window.MinRangeKm.ShouldBe(592, 5);
    }

    [Fact]
    public void Satellites_on_opposite_sides_are_never_linked()
    {
        var elements = Examples.Iss with { Epoch = Examples.Epoch };
        var (a, b) = (new Sgp4Propagator(elements), new Sgp4Propagator(elements with { MeanAnomalyDeg = elements.MeanAnomalyDeg - 180 }));
        IslWindowFinder.Find(a, b, Limits, Examples.Epoch, Examples.Epoch.AddDays(1)).ShouldBeEmpty();
    }

    private static IEnumerable<(double Start, double End)> Seconds(IReadOnlyList<IslWindow> windows) =>
        windows.Select(p => ((p.Start - Examples.Epoch).TotalSeconds, (p.End - Examples.Epoch).TotalSeconds));

    private static bool IsLinked(Sgp4Propagator a, Sgp4Propagator b, double seconds)
    {
        var (positionA, positionB) = Positions(a, b, seconds);
        var line = positionB - positionA;
        var nearest = Math.Clamp(-Vector3d.Dot(positionA, line) / Vector3d.Dot(line, line), 0, 1);
        return line.Length <= Limits.MaxRangeKm && (positionA + (nearest * line)).Length > Wgs84.EquatorialRadiusKm + Limits.ClearanceKm;
    }

    private static double RangeKm(Sgp4Propagator a, Sgp4Propagator b, double seconds)
    {
        var (positionA, positionB) = Positions(a, b, seconds);
        return (positionB - positionA).Length;
    }

    private static (Vector3d A, Vector3d B) Positions(Sgp4Propagator a, Sgp4Propagator b, double seconds)
    {
        a.Propagate(Examples.Epoch.AddSeconds(seconds), out var positionA, out _);
        b.Propagate(Examples.Epoch.AddSeconds(seconds), out var positionB, out _);
        return (positionA, positionB);
    }
}
