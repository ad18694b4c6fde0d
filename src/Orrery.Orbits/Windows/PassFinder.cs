namespace Orrery.Orbits;

/// <summary>Finds every pass of a satellite over a site, to a millisecond of the orbit; none longer than 0.01 s is missed.</summary>
public static class PassFinder
{
    private const int FewestSamples = 8;
    private const double SampleSeconds = 300;
    private const double PeakTolerance = 0.005;

    /// <summary>Passes between two times, in order.</summary>
    /// <param name="satellite">The satellite.</param>
    /// <param name="site">The site.</param>
    /// <param name="minElevationDeg">Elevation mask, degrees; no refraction.</param>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC; the search ends earlier where propagation fails.</param>
    public static IReadOnlyList<Pass> Find(
        Sgp4Propagator satellite, GroundSite site, double minElevationDeg, DateTimeOffset start, DateTimeOffset end) =>
        Find(new ExactTrack(satellite, start, end), site, minElevationDeg);

    /// <summary>Passes within an ephemeris, in order: cheaper when many sites share it.</summary>
    public static IReadOnlyList<Pass> Find(Ephemeris satellite, GroundSite site, double minElevationDeg) =>
        Find((ITrack)satellite, site, minElevationDeg);

    private static Pass[] Find(ITrack track, GroundSite site, double minElevationDeg)
    {
        var margin = new ElevationMargin(track, site, minElevationDeg);
        return [.. MarginScanner.Find(margin, 0, track.Duration).Select(span => Describe(track.Start, margin, span))];
    }

    private static Pass Describe(DateTimeOffset start, ElevationMargin margin, MarginSpan span)
    {
        var peak = Peak(margin, span);
        return new(
            start.After(span.Start),
            start.After(peak),
            start.After(span.End),
            margin.Look(peak).ElevationDeg,
            margin.Look(span.Start).AzimuthDeg,
            margin.Look(span.End).AzimuthDeg,
            span.StartClipped,
            span.EndClipped);
    }

    private static double Peak(ElevationMargin margin, MarginSpan span)
    {
        var samples = Math.Max(FewestSamples, (int)Math.Ceiling((span.End - span.Start) / SampleSeconds));
        var step = (span.End - span.Start) / samples;
        var best = 0;
        var bestElevation = double.NegativeInfinity;
        for (var i = 0; i <= samples; i++)
        {
            var elevation = margin.Look(span.Start + (i * step)).ElevationRad;
            if (elevation > bestElevation)
                (best, bestElevation) = (i, elevation);
        }

        var low = span.Start + (Math.Max(0, best - 1) * step);
        var high = span.Start + (Math.Min(samples, best + 1) * step);
        while (high - low > PeakTolerance)
        {
            var middle = low + ((high - low) / 2);
            if (margin.ElevationTrend(middle) > 0)
                low = middle;
            else
                high = middle;
        }

        return low + ((high - low) / 2);
    }
}
