namespace Orrery.Kubernetes.Http;

/// <summary>Lets through so many calls a second and, after a rest, a burst at once; the others wait their turn in order.</summary>
internal sealed class TokenBucket(double perSecond, int burst, TimeProvider clock)
{
    private readonly Lock gate = new();
    private double tokens = burst;
    private long filledAt = clock.GetTimestamp();

    /// <summary>Returns when the call may go.</summary>
    public Task Take(CancellationToken ct)
    {
        if (perSecond <= 0)
            return Task.CompletedTask;
        var wait = Reserve();
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Wait(wait, ct);
    }

    /// <summary>Takes a token that may not have come yet: who reserves later waits longer.</summary>
    private TimeSpan Reserve()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            tokens = Math.Min(burst, tokens + (clock.GetElapsedTime(filledAt, now).TotalSeconds * perSecond));
            filledAt = now;
            tokens--;
            return tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-tokens / perSecond);
        }
    }

    private async Task Wait(TimeSpan wait, CancellationToken ct)
    {
        try
        {
            await Task.Delay(wait, clock, ct);
        }
        catch (OperationCanceledException)
        {
            lock (gate)
                tokens++;
            throw;
        }
    }
}
