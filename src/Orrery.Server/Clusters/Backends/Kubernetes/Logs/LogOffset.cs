namespace Orrery.Server.Clusters.Backends.Kubernetes.Logs;

/// <summary>The offset of a line is the time at which the node took it in, so that it needs no counting from the log's beginning, which the node may have thrown away.</summary>
internal static class LogOffset
{
    /// <summary>Lines of the same 100 ns are told apart by the lowest bits.</summary>
    private const int Places = 256;

    private static readonly DateTimeOffset Origin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="time">Of the line.</param>
    /// <param name="before">The offset of the line before it.</param>
    /// <returns>Always more than <paramref name="before"/>.</returns>
    public static long Of(DateTimeOffset? time, long before) =>
        time is { } known && (known - Origin).Ticks * Places is var own && own > before ? own : before + 1;

    /// <summary>When the line was taken in, rounded down.</summary>
    public static DateTimeOffset TimeOf(long offset) => Origin.AddTicks(Math.Clamp(offset / Places, 0, DateTimeOffset.MaxValue.Ticks - Origin.Ticks));

    /// <summary>The least offset of a line of that time or later.</summary>
    public static long From(DateTimeOffset time) => Math.Max(0, (time - Origin).Ticks * Places);
}
