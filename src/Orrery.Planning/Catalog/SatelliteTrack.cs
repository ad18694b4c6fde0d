using Orrery.Orbits;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Catalog;

/// <summary>One satellite over one block: where it is, its shadows, and until when its elements hold.</summary>
internal sealed class SatelliteTrack
{
    private const double AltitudeStepS = 60;

    private SatelliteTrack(Ephemeris ephemeris, IReadOnlyList<Shadow> shadows, double validUntil) =>
        (Ephemeris, Shadows, ValidUntil) = (ephemeris, shadows, validUntil);

    public Ephemeris Ephemeris { get; }

    public IReadOnlyList<Shadow> Shadows { get; }

    /// <summary>Seconds since 1970: the first propagation error or altitude below the least; +∞ when there is none in the block.</summary>
    public double ValidUntil { get; }

    public static SatelliteTrack Of(Sgp4Propagator propagator, long block, double minAltitudeKm)
    {
        var ephemeris = Ephemeris.Sample(propagator, BlockRange.StartOf(block), BlockRange.StartOf(block + 1));
        var validUntil = ephemeris.Error == PropagationError.None ? FirstLow(ephemeris, minAltitudeKm) : Instant.Of(ephemeris.Start);
        return new(ephemeris, validUntil == double.PositiveInfinity ? ShadowsOf(ephemeris) : [], validUntil);
    }

    /// <summary>Whether the satellite is in umbra.</summary>
    public bool InUmbra(double time)
    {
        foreach (var shadow in Shadows)
        {
            if (shadow.Deepest <= 0 && time >= shadow.UmbraStart && time <= shadow.UmbraEnd)
                return true;
        }

        return false;
    }

    private static double FirstLow(Ephemeris ephemeris, double minAltitudeKm)
    {
        var end = Instant.Of(ephemeris.End);
        for (var time = Instant.Of(ephemeris.Start); time <= end; time += AltitudeStepS)
        {
            if (Frames.ToGeodetic(ephemeris.EarthFixed(Instant.At(time)).Position).HeightKm < minAltitudeKm)
                return time;
        }

        return double.PositiveInfinity;
    }

    private static List<Shadow> ShadowsOf(Ephemeris ephemeris) => EclipseFinder.Find(ephemeris).Select(window => ShadowOf(window, ephemeris)).ToList();

    private static Shadow ShadowOf(EclipseWindow window, Ephemeris ephemeris)
    {
        var (start, end) = (Instant.Of(window.PenumbraStart), Instant.Of(window.PenumbraEnd));
        if (window is { UmbraStart: { } umbraStart, UmbraEnd: { } umbraEnd })
            return new(start, Instant.Of(umbraStart), Instant.Of(umbraEnd), end, 0);
        var middle = (start + end) / 2;
        var time = Instant.At(middle);
        return new(start, middle, middle, end, Math.Max(1e-6, Eclipse.VisibleFraction(ephemeris.Teme(time).Position, time)));
    }
}
