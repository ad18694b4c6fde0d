using System.Collections.Concurrent;

namespace Orrery.Server.Events;

/// <summary>Says "look at this workload"; losing one costs time, never truth.</summary>
internal sealed class Signals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    /// <summary>Something of a workload changed, here or on another replica.</summary>
    public event Action<string>? Changed;

    /// <summary>Something of a workload changed here: other replicas want to know.</summary>
    public event Action<string>? ChangedHere;

    public void Publish(string workloadId)
    {
        ChangedHere?.Invoke(workloadId);
        Receive(workloadId);
    }

    /// <summary>Something of a workload changed on another replica.</summary>
    public event Action<string>? ChangedElsewhere;

    public void ReceiveFromElsewhere(string workloadId)
    {
        Receive(workloadId);
        ChangedElsewhere?.Invoke(workloadId);
    }

    private void Receive(string workloadId)
    {
        if (waiting.TryRemove(workloadId, out var waiter))
            waiter.TrySetResult();
        Changed?.Invoke(workloadId);
    }

    /// <summary>Take this before reading; it ends at the next change after it was taken.</summary>
    public Task Next(string workloadId) =>
        waiting.GetOrAdd(workloadId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
