namespace Orrery.Orbits;

internal static class TrackTime
{
    /// <summary>The time <paramref name="seconds"/> after <paramref name="start"/>, to the tick.</summary>
    public static DateTimeOffset After(this DateTimeOffset start, double seconds) =>
        start.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
