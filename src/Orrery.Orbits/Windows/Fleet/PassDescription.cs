namespace Orrery.Orbits;

/// <summary>Makes a pass of a span: its peak and its azimuths, from interpolated states (a metre of the orbit).</summary>
internal static class PassDescription
{
    private const double PeakTolerance = 0.005;

    public static Pass Of(EarthFixedSamples samples, GroundSite site, double start, double end)
    {
        var clock = samples.Clock;
        var peak = Peak(samples, site, start, end);
        return new(
            clock.Start.After(start),
            clock.Start.After(peak),
            clock.Start.After(end),
            Look(samples, site, peak).ElevationDeg,
            Look(samples, site, start).AzimuthDeg,
            Look(samples, site, end).AzimuthDeg,
            start <= 0,
            end >= clock.Duration);
    }

    /// <summary>The best of both ends and the samples between, and from there the zero of the elevation's trend.</summary>
    private static double Peak(EarthFixedSamples samples, GroundSite site, double start, double end)
    {
        var step = samples.Clock.Step;
        var (first, last) = ((int)Math.Floor(start / step) + 1, (int)Math.Ceiling(end / step) - 1);
        var (best, low, high) = (SinElevation(samples.At(start).Position, site), start, first <= last ? first * step : end);
        for (var i = first; i <= last; i++)
        {
            var elevation = SinElevation(samples.Position(i), site);
            if (elevation > best)
                (best, low, high) = (elevation, Math.Max(start, (i - 1) * step), Math.Min(end, (i + 1) * step));
        }

        if (SinElevation(samples.At(end).Position, site) > best)
            (low, high) = (Math.Max(start, last * step), end);
        while (high - low > PeakTolerance)
        {
            var middle = low + ((high - low) / 2);
            var (position, velocity) = samples.At(middle);
            if (ElevationMargin.Trend(site, position - site.Position, velocity) > 0)
                low = middle;
            else
                high = middle;
        }

        return low + ((high - low) / 2);
    }

    private static double SinElevation(in Vector3d position, GroundSite site)
    {
        var line = position - site.Position;
        return Vector3d.Dot(line, site.Up) / line.Length;
    }

    private static LookAngles Look(EarthFixedSamples samples, GroundSite site, double seconds) => site.Look(samples.At(seconds).Position);
}
