namespace Orrery.Orbits;

/// <summary>Evenly spaced times of a search and where the Earth has turned to at each.</summary>
internal sealed class SampleClock
{
    private const double GreatestStepSeconds = 60;

    public SampleClock(DateTimeOffset start, DateTimeOffset end)
    {
        if (end < start)
            throw new ArgumentException("The end is before the start.", nameof(end));
        Start = start;
        End = end;
        Duration = (end - start).TotalSeconds;
        var cells = Math.Max(1, (int)Math.Ceiling(Duration / GreatestStepSeconds));
        Step = Math.Max(Duration / cells, 1e-3);
        Count = cells + 1;
        var padded = StateArrays.Padded(Count);
        (Sin, Cos) = (new double[padded], new double[padded]);
        var date = JulianDate.From(start);
        for (var i = 0; i < padded; i++)
            (Sin[i], Cos[i]) = Math.SinCos(Frames.Gmst(date.AddSeconds(Math.Min(i, cells) * Step)));
    }

    public DateTimeOffset Start { get; }

    public DateTimeOffset End { get; }

    /// <summary>Seconds.</summary>
    public double Duration { get; }

    /// <summary>Seconds.</summary>
    public double Step { get; }

    /// <summary>How many times, both ends included.</summary>
    public int Count { get; }

    /// <summary>Of the sidereal angle, padded to whole vectors.</summary>
    public double[] Sin { get; }

    /// <summary>Of the sidereal angle, padded to whole vectors.</summary>
    public double[] Cos { get; }
}
