namespace Orrery.Agent.Journal;

/// <summary>Wakes whoever waits. Take <see cref="Next"/>, look at the state, then await: no wake-up is lost.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource source = New();

    public Task Next => Volatile.Read(ref source).Task;

    public void Send() => Interlocked.Exchange(ref source, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
