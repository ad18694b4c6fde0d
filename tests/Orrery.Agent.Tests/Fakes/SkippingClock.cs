using Orrery.Agent.Stages;

namespace Orrery.Agent.Tests.Fakes;

/// <summary>Mission time that passes at once.</summary>
internal sealed class SkippingClock : IMissionClock
{
    public DateTimeOffset Now { get; private set; } = Plans.Start;

    /// <summary>How long it was busy.</summary>
    public TimeSpan Busy { get; private set; }

    public Task Work(TimeSpan missionDuration, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Busy += missionDuration;
        Now += missionDuration;
        return Task.CompletedTask;
    }

    public async Task<T> Run<T>(Func<CancellationToken, Task<T>> program, TimeSpan planned, CancellationToken ct)
    {
        var end = await program(ct);
        await Work(planned, ct);
        return end;
    }

    public Task WaitUntil(DateTimeOffset mission, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Now = mission > Now ? mission : Now;
        return Task.CompletedTask;
    }
}
