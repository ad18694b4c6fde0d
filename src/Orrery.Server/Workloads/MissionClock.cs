using Orrery.Agent.Stages;

namespace Orrery.Server.Workloads;

/// <summary>
/// The time of one simulated universe: runs <paramref name="speed"/> times as fast as the wall while somebody works,
/// and leaps over stretches in which everybody only waits.
/// </summary>
internal sealed class MissionClock(TimeProvider wall, double speed, DateTimeOffset start)
{
    private readonly Lock gate = new();
    private readonly List<(DateTimeOffset Until, TaskCompletionSource Reached)> waiting = [];
    private DateTimeOffset mission = start;
    private long since = wall.GetTimestamp();
    private int busy;
    private int held;

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

    /// <summary>A satellite of this universe, whose own time is exact whatever the wall's timers overshoot.</summary>
    /// <param name="from">When it has what it needs to begin.</param>
    public IMissionClock Worker(DateTimeOffset from) => new MissionWorker(this, from);

    /// <summary>Somebody works until then.</summary>
    private async Task WorkUntil(DateTimeOffset end, CancellationToken ct)
    {
        TimeSpan left;
        lock (gate)
        {
            if (busy++ == 0)
                since = wall.GetTimestamp();
            left = end - (mission + (wall.GetElapsedTime(since) * speed));
        }
        try
        {
            if (left > TimeSpan.Zero)
                await Task.Delay(left / speed, wall, ct);
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

    /// <summary>Stands still: nobody's idle time is skipped while a real program runs.</summary>
    private async Task<T> StandStill<T>(Func<CancellationToken, Task<T>> program, CancellationToken ct)
    {
        lock (gate)
            held++;
        try
        {
            return await program(ct);
        }
        finally
        {
            lock (gate)
            {
                held--;
                if (busy == 0)
                    Leap();
            }
        }
    }

    private void Leap()
    {
        if (waiting.Count == 0 || held > 0)
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

    /// <summary>Its time stands where its last work or wait ended; the universe may be further, for others work beside it.</summary>
    private sealed class MissionWorker(MissionClock universe, DateTimeOffset from) : IMissionClock
    {
        public DateTimeOffset Now { get; private set; } = from;

        public async Task Work(TimeSpan missionDuration, CancellationToken ct)
        {
            await universe.WaitUntil(Now, ct); // it may begin later than the universe has come, as after a restart
            await universe.WorkUntil(Now + missionDuration, ct);
            Now += missionDuration;
        }

        public async Task<T> Run<T>(Func<CancellationToken, Task<T>> program, TimeSpan planned, CancellationToken ct)
        {
            var end = await universe.StandStill(program, ct);
            await Work(planned, ct);
            return end;
        }

        public async Task WaitUntil(DateTimeOffset mission, CancellationToken ct)
        {
            if (mission <= Now)
                return;
            await universe.WaitUntil(mission, ct);
            Now = mission;
        }
    }
}
