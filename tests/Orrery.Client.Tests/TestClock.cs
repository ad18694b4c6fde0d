namespace Orrery.Client.Tests;

/// <summary>Waits of up to a minute pass at once and are noted; longer ones (timeouts) never ring.</summary>
internal sealed class TestClock : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private DateTimeOffset now = new(2026, 3, 7, 12, 0, 0, TimeSpan.Zero);

    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime > Longest)
            return new SilentTimer();
        Waits.Add(dueTime);
        now += dueTime;
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class SilentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
