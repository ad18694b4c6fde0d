namespace Orrery.EndToEnd.Fixtures;

/// <summary>Waits for a condition, never for a time.</summary>
public static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks until the answer is there.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public static async Task<T> For<T>(string what, Func<Task<T?>> ask, TimeSpan? patience = null)
        where T : class
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            if (clock.GetElapsedTime(started) > (patience ?? Patience))
                throw new TimeoutException($"Waited in vain for {what}.");
            await Task.Delay(Pause, clock, TestContext.Current.CancellationToken);
        }
    }

    public static Task Until(string what, Func<Task<bool>> holds, TimeSpan? patience = null) =>
        For(what, async () => await holds() ? what : null, patience);
}
