namespace Orrery.Agent;

/// <summary>Delays in whole milliseconds, rounded up: <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/> rounds down, to none at all.</summary>
internal static class WholeDelay
{
    public static Task For(TimeSpan delay, TimeProvider time, CancellationToken ct) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), time, ct);
}
