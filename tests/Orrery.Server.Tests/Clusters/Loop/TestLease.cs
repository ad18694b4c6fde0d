using Orrery.Server.Clusters.Registry;
using Orrery.Server.Storage;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>A lease that is had and lost when the test says.</summary>
internal sealed class TestLease : IClusterLease
{
    private readonly Lock gate = new();
    private TaskCompletionSource lost = New();
    private Action? gained;
    private bool acts = true;
    private int refusals;

    public bool Acts
    {
        get
        {
            lock (gate)
                return acts;
        }
    }

    /// <summary>The database says that another server has it, whatever this one believes.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Transactions that were refused for it.</summary>
    public int Refusals => Volatile.Read(ref refusals);

    public void Lose()
    {
        lock (gate)
        {
            acts = false;
            lost.TrySetResult();
        }
    }

    /// <summary>Another server had it from the beginning.</summary>
    public void LookOn()
    {
        lock (gate)
            acts = false;
    }

    public void Gain()
    {
        Action? tell;
        lock (gate)
            (acts, tell) = (true, gained);
        tell?.Invoke();
    }

    public async Task Keep(Action gained, CancellationToken ct)
    {
        Task ended;
        lock (gate)
        {
            this.gained = gained;
            if (lost.Task.IsCompleted)
                lost = New();
            ended = lost.Task;
        }
        await ended.WaitAsync(ct);
    }

    public Task Check(DbWork work)
    {
        if (!IsTaken)
            return Task.CompletedTask;
        Interlocked.Increment(ref refusals);
        throw new LeaseLostException("local");
    }

    public Task Release() => Task.CompletedTask;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
