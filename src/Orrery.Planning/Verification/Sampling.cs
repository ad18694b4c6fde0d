namespace Orrery.Planning.Verification;

/// <summary>Times at which a stretch of time is looked at.</summary>
internal static class Sampling
{
    private const double LongestStepS = 1;
    private const int LeastSteps = 100;

    /// <summary>Seconds from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static double SecondsTo(this DateTimeOffset from, DateTimeOffset to) => (to - from).Ticks / (double)TimeSpan.TicksPerSecond;

    /// <summary>Both ends, and times between them at most a second apart; the middle when the stretch has no length.</summary>
    public static IEnumerable<DateTimeOffset> Points(DateTimeOffset start, DateTimeOffset end)
    {
        var length = start.SecondsTo(end);
        if (length <= 0)
            return [start.AddSeconds(length / 2)];
        var steps = (int)Math.Ceiling(length / LongestStepS);
        return Enumerable.Range(0, steps + 1).Select(i => start.AddSeconds(length * i / steps));
    }

    /// <summary>The integral over time (s) of a rate, by the midpoints of at least a hundred steps of at most a second.</summary>
    public static double Integral(DateTimeOffset start, DateTimeOffset end, Func<DateTimeOffset, double> rate)
    {
        var length = start.SecondsTo(end);
        if (length <= 0)
            return 0;
        var steps = Math.Max(LeastSteps, (int)Math.Ceiling(length / LongestStepS));
        var step = length / steps;
        var sum = 0.0;
        for (var i = 0; i < steps; i++)
            sum += rate(start.AddSeconds((i + 0.5) * step));
        return sum * step;
    }
}
