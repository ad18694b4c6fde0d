using Orrery.Agent.Stages;

namespace Orrery.Server.Workloads;

/// <summary>
/// The time of one simulated universe: runs <paramref name="speed"/> times as fast as the wall while somebody works,
/// and leaps over stretches in which everybody only waits.
/// </summary>
internal sealed class MissionClock(TimeProvider wall, double speed, DateTimeOffset start) : IMissionClock
{
    private readonly Lock gate = new();
    private readonly List<(DateTimeOffset Until, TaskCompletionSource Reached)> waiting = [];
    private DateTimeOffset mission = start;
    private long since = wall.GetTimestamp();
    private int busy;

    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return busy > 0 ? mission + (wall.GetElapsedTime(since) * speed) : mission;
        }
    }

    /// <summary>Never back.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        lock (gate)
            Set(time);
    }

    public async Task Work(TimeSpan missionDuration, CancellationToken ct)
    {
        DateTimeOffset end;
        lock (gate)
        {
            if (busy++ == 0)
                since = wall.GetTimestamp();
            end = mission + (wall.GetElapsedTime(since) * speed);
            end = (busy == 1 ? mission : end) + missionDuration;
        }
        try
        {
            if (missionDuration > TimeSpan.Zero)
                await Task.Delay(missionDuration / speed, wall, ct);
            AdvanceTo(end);
        }
        finally
        {
            lock (gate)
            {
                if (--busy == 0)
                    Leap();
            }
        }
    }

    public Task WaitUntil(DateTimeOffset mission, CancellationToken ct)
    {
        TaskCompletionSource reached;
        lock (gate)
        {
            if (this.mission >= mission)
                return Task.CompletedTask;
            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((mission, reached));
            if (busy == 0)
                Leap();
        }
        return reached.Task.WaitAsync(ct);
    }

    /// <summary>A worker's end sets the time exactly, whatever the wall's timer overshot.</summary>
    private void Set(DateTimeOffset time)
    {
        if (time > mission)
            mission = time;
        since = wall.GetTimestamp();
        Release();
    }

    private void Leap()
    {
        if (waiting.Count == 0)
            return;
        Set(waiting.Min(one => one.Until));
    }

    private void Release()
    {
        foreach (var one in waiting.Where(one => one.Until <= mission).ToList())
        {
            waiting.Remove(one);
            one.Reached.TrySetResult();
        }
    }
}
