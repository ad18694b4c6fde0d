namespace Orrery.Client;

/// <summary>
/// Lost connections, timeouts, 429, 502, 503 and 504 are tried again with growing, jittered delays. A POST keeps one
/// <c>Idempotency-Key</c> over all its attempts, so that a repeat is harmless.
/// </summary>
public sealed record RetryPolicy
{
    /// <summary>One attempt, no retry.</summary>
    public static readonly RetryPolicy None = new() { Retries = 0 };

    /// <summary>Attempts after the first.</summary>
    public int Retries { get; init; } = 4;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A <c>Retry-After</c> longer than this is not waited for: the caller gets the refusal.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From sending a request to the headers of its answer.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);
}
