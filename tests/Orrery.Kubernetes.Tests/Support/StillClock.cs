namespace Orrery.Kubernetes.Tests.Support;

/// <summary>Time passes only when a test says so, or when something waits: it then passes at once, and the wait is noted.</summary>
internal sealed class StillClock : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly Lock gate = new();
    private readonly List<TimeSpan> waits = [];
    private long ticks = new DateTimeOffset(2026, 3, 7, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (gate)
                return [.. waits];
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

    /// <summary>Timeouts, which are longer than all waits, never ring.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime > Longest)
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
            waits.Add(dueTime);
        Advance(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
