namespace Orrery.Planning.Timeline;

/// <summary>Between calendar times and the planner's own: seconds since 1970, UTC, as a double (to 0.3 µs).</summary>
internal static class Instant
{
    public static double Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;

    /// <summary>The calendar time, to the microsecond.</summary>
    public static DateTimeOffset At(double seconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1e6) * TimeSpan.TicksPerMicrosecond);

    /// <summary>The calendar time to 0.1 s, as text.</summary>
    public static string Text(double seconds) => At(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.f'Z'");
}
