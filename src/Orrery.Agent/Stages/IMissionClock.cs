namespace Orrery.Agent.Stages;

/// <summary>The time in which a stage is planned and reported; it may run faster than the wall, or skip what is idle.</summary>
public interface IMissionClock
{
    /// <summary>Mission time.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Is busy (computes or transmits) for a mission duration.</summary>
    Task Work(TimeSpan missionDuration, CancellationToken ct);

    /// <summary>Is busy while a real program runs, which the plan expects to take a mission duration.</summary>
    Task<T> Run<T>(Func<CancellationToken, Task<T>> program, TimeSpan planned, CancellationToken ct);

    /// <summary>Is idle until a mission time; returns at once when it has passed. A hosted clock may skip the wait.</summary>
    Task WaitUntil(DateTimeOffset mission, CancellationToken ct);
}
