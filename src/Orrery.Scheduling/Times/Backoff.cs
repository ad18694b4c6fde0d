namespace Orrery.Scheduling;

/// <summary>How long a job waits before it runs again.</summary>
public static class Backoff
{
    private const int LongestSeconds = 60;

    /// <summary>1, 2, 4, 8, 16, 32, then 60 s; none before the first failed run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static TimeSpan After(int failedRuns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(failedRuns);
        return failedRuns == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestSeconds, 1L << Math.Min(failedRuns - 1, 30)));
    }
}
