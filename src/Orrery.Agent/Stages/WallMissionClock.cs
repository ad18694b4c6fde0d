namespace Orrery.Agent.Stages;

/// <summary>Mission time of a real agent: the wall clock, from one moment on running <paramref name="speed"/> times as fast.</summary>
/// <param name="time">The wall clock.</param>
/// <param name="speed">Mission seconds in a second of the wall; above 0.</param>
/// <param name="since">When both clocks showed the same.</param>
public sealed class WallMissionClock(TimeProvider time, double speed, DateTimeOffset since) : IMissionClock
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    public WallMissionClock(TimeProvider time, double speed)
        : this(time, speed, time.GetUtcNow())
    {
    }

    /// <inheritdoc/>
    public DateTimeOffset Now => since + ((time.GetUtcNow() - since) * speed);

    /// <inheritdoc/>
    public Task Work(TimeSpan missionDuration, CancellationToken ct) => WaitUntil(Now + missionDuration, ct);

    /// <inheritdoc/>
    /// <remarks>It takes the time that it takes.</remarks>
    public Task<T> Run<T>(Func<CancellationToken, Task<T>> program, TimeSpan planned, CancellationToken ct) => program(ct);

    /// <inheritdoc/>
    public async Task WaitUntil(DateTimeOffset mission, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        while (mission - Now is var left && left > TimeSpan.Zero)
        {
            var wall = TimeSpan.FromTicks((long)Math.Ceiling(Math.Min(left.Ticks / speed, LongestDelay.Ticks)));
            await WholeDelay.For(wall, time, ct);
        }
    }
}
