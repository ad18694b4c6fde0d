namespace Orrery.Kubernetes.Tests.Support;

/// <summary>Waits for conditions, for a bounded time.</summary>
internal static class Wait
{
    /// <summary>A real cluster may be slow.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("ORRERY_KUBERNETES") == "1" ? 180 : 40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static CancellationTokenSource Limit() => new(Patience, TimeProvider.System);

    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> holds, string what)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var seen = await look();
            if (holds(seen))
                return seen;
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"Waited in vain for {what}; last seen: {seen}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>The first for which it holds.</summary>
    public static async Task<T> First<T>(this IAsyncEnumerator<T> events, Func<T, bool> holds)
    {
        while (await events.MoveNextAsync())
        {
            if (holds(events.Current))
                return events.Current;
        }
        throw new InvalidOperationException("It ended without what was waited for.");
    }
}
