namespace Orrery.Orbits;

/// <summary>Finds every window in which two satellites are in range and in sight of each other, to a millisecond of the orbits.</summary>
public static class IslWindowFinder
{
    private const double SampleSeconds = 60;
    private const double MinimumTolerance = 0.001;

    /// <summary>Windows between two times, in order.</summary>
    public static IReadOnlyList<IslWindow> Find(Sgp4Propagator a, Sgp4Propagator b, IslLimits limits, DateTimeOffset start, DateTimeOffset end) =>
        Find(new SatellitePair(new ExactTrack(a, start, end), new ExactTrack(b, start, end)), limits);

    /// <summary>Windows within the interval that both ephemerides cover, in order.</summary>
    public static IReadOnlyList<IslWindow> Find(Ephemeris a, Ephemeris b, IslLimits limits) => Find(new SatellitePair(a, b), limits);

    private static List<IslWindow> Find(SatellitePair pair, IslLimits limits)
    {
        var range = new RangeMargin(pair, limits);
        var sight = new SightMargin(pair, limits);
        var windows = new List<IslWindow>();
        foreach (var near in MarginScanner.Find(range, 0, pair.Duration))
        {
            foreach (var seen in MarginScanner.Find(sight, near.Start, near.End))
            {
                windows.Add(new(
                    pair.Start.After(seen.Start),
                    pair.Start.After(seen.End),
                    Math.Sqrt(LeastSquare(range, seen, limits)),
                    seen.StartClipped && near.StartClipped,
                    seen.EndClipped && (near.EndClipped || seen.End < near.End)));
            }
        }

        return windows;
    }

    private static double LeastSquare(RangeMargin range, MarginSpan span, IslLimits limits)
    {
        var steps = Math.Max(2, (int)Math.Ceiling((span.End - span.Start) / SampleSeconds));
        var step = (span.End - span.Start) / steps;
        var greatest = double.NegativeInfinity;
        var rateBefore = 0.0;
        for (var i = 0; i <= steps; i++)
        {
            var time = span.Start + (i * step);
            range.TryEvaluate(time, out var value, out var rate);
            if (rateBefore > 0 && rate < 0)
                value = Math.Max(value, Summit(range, time - step, time));
            greatest = Math.Max(greatest, value);
            rateBefore = rate;
        }

        return Math.Max(0, (limits.MaxRangeKm * limits.MaxRangeKm) - greatest);
    }

    private static double Summit(RangeMargin range, double low, double high)
    {
        var value = 0.0;
        while (high - low > MinimumTolerance)
        {
            var middle = low + ((high - low) / 2);
            range.TryEvaluate(middle, out value, out var rate);
            if (rate > 0)
                low = middle;
            else
                high = middle;
        }

        return value;
    }
}
