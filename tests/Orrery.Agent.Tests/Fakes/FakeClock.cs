namespace Orrery.Agent.Tests.Fakes;

/// <summary>A wall clock that moves only from one timer to the next.</summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly List<FakeTimer> armed = [];

    public DateTimeOffset Now { get; private set; } = Plans.Start;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer and rings it; false without one.</summary>
    public bool RingNext()
    {
        if (armed.MinBy(timer => timer.Due) is not { } next)
            return false;
        armed.Remove(next);
        Now = next.Due > Now ? next.Due : Now;
        next.Ring();
        return true;
    }

    private sealed class FakeTimer(FakeClock clock, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.armed.Remove(this);
            if (dueTime >= TimeSpan.Zero)
            {
                Due = clock.Now + dueTime;
                clock.armed.Add(this);
            }

            return true;
        }

        public void Dispose() => clock.armed.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
