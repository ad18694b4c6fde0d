using System.Collections.Concurrent;

namespace Orrery.Agent.Tests.Fakes;

/// <summary>Runs all that is asynchronous on one thread, and moves the clock only when nothing else is left to do.</summary>
internal sealed class Pump(FakeClock clock) : SynchronizationContext, IDisposable
{
    private const int MostSteps = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<Action> queue = [];

    public override void Post(SendOrPostCallback d, object? state) => queue.Add(() => d(state));

    public T Call<T>(Func<T> action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return action();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Until(Func<bool> reached) => Call(() =>
    {
        var steps = 0;
        while (!reached())
        {
            if (++steps > MostSteps)
                throw new InvalidOperationException("It goes on and on.");
            if (queue.TryTake(out var next))
                next();
            else if (!clock.RingNext())
                Await();
        }

        return true;
    });

    public void Dispose() => queue.Dispose();

    private void Await()
    {
        if (!queue.TryTake(out var next, Patience))
            throw new InvalidOperationException("Nothing more happens.");
        next();
    }
}
