namespace Orrery.Orbits;

/// <summary>Finds every crossing of the Earth's shadow (conical umbra and penumbra), to a millisecond of the orbit.</summary>
public static class EclipseFinder
{
    /// <summary>Crossings between two times, in order.</summary>
    /// <param name="satellite">The satellite.</param>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC; the search ends earlier where propagation fails.</param>
    public static IReadOnlyList<EclipseWindow> Find(Sgp4Propagator satellite, DateTimeOffset start, DateTimeOffset end) =>
        Find(new ExactTrack(satellite, start, end));

    /// <summary>Crossings within an ephemeris, in order.</summary>
    public static IReadOnlyList<EclipseWindow> Find(Ephemeris satellite) => Find((ITrack)satellite);

    private static EclipseWindow[] Find(ITrack track)
    {
        var penumbra = ShadowMargin.Penumbra(track);
        var umbra = ShadowMargin.Umbra(track);
        return
        [
            .. MarginScanner.Find(penumbra, 0, track.Duration)
                .Where(span => penumbra.OnNightSide(span.Start + ((span.End - span.Start) / 2)))
                .Select(span => Describe(track.Start, umbra, span)),
        ];
    }

    private static EclipseWindow Describe(DateTimeOffset start, ShadowMargin umbra, MarginSpan penumbra)
    {
        var dark = MarginScanner.Find(umbra, penumbra.Start, penumbra.End);
        return new(
            start.After(penumbra.Start),
            dark.Count == 0 ? null : start.After(dark[0].Start),
            dark.Count == 0 ? null : start.After(dark[^1].End),
            start.After(penumbra.End));
    }
}
