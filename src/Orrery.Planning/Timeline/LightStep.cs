namespace Orrery.Planning.Timeline;

/// <summary>A time of constant light.</summary>
/// <param name="Start">Seconds since 1970.</param>
/// <param name="End">Seconds since 1970.</param>
/// <param name="Sun">The visible part of the Sun, 0–1.</param>
internal readonly record struct LightStep(double Start, double End, double Sun)
{
    private const int PenumbraSteps = 4;

    /// <summary>Longest step: short against the time in which a satellite warms up.</summary>
    private const double LongestS = 60;

    public bool Umbra => Sun <= 0;

    /// <summary>Divides a time by its shadows. In the penumbra the visible part changes linearly.</summary>
    /// <param name="shadows">In the order of time.</param>
    /// <param name="start">Seconds since 1970.</param>
    /// <param name="end">Seconds since 1970.</param>
    public static IEnumerable<LightStep> Divide(IReadOnlyList<Shadow> shadows, double start, double end)
    {
        var time = start;
        foreach (var shadow in shadows.Where(shadow => shadow.End > start && shadow.Start < end))
        {
            foreach (var step in Even(time, shadow.Start, 1).Concat(Penumbra(shadow.Start, shadow.UmbraStart, 1, shadow.Deepest))
                .Concat(Even(shadow.UmbraStart, shadow.UmbraEnd, 0)).Concat(Penumbra(shadow.UmbraEnd, shadow.End, shadow.Deepest, 1)))
            {
                var cut = new LightStep(Math.Max(step.Start, start), Math.Min(step.End, end), step.Sun);
                if (cut.End > cut.Start)
                    yield return cut;
            }

            time = shadow.End;
        }

        foreach (var step in Even(time, end, 1))
            yield return step;
    }

    private static IEnumerable<LightStep> Even(double start, double end, double sun)
    {
        for (var time = start; time < end; time += LongestS)
            yield return new(time, Math.Min(end, time + LongestS), sun);
    }

    private static IEnumerable<LightStep> Penumbra(double start, double end, double from, double to)
    {
        for (var i = 0; i < PenumbraSteps && end > start; i++)
        {
            var part = (end - start) / PenumbraSteps;
            yield return new(start + (i * part), start + ((i + 1) * part), from + ((to - from) * (i + 0.5) / PenumbraSteps));
        }
    }
}

/// <summary>One crossing of the Earth's shadow, seconds since 1970.</summary>
/// <param name="Start">The Sun begins to be hidden.</param>
/// <param name="UmbraStart">It is hidden as far as it will be.</param>
/// <param name="UmbraEnd">It begins to show again.</param>
/// <param name="End">It is whole again.</param>
/// <param name="Deepest">The part of the Sun that stays visible: 0 when there is an umbra.</param>
internal readonly record struct Shadow(double Start, double UmbraStart, double UmbraEnd, double End, double Deepest);
