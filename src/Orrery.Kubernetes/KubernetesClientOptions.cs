using System.ComponentModel.DataAnnotations;

namespace Orrery.Kubernetes;

/// <summary>How patient, how fast and how greedy a client is.</summary>
public sealed record KubernetesClientOptions
{
    /// <summary>Who this client is to server-side apply, and in the <c>User-Agent</c>.</summary>
    public string FieldManager { get; init; } = "orrery";

    /// <summary>Requests a second over a long time; 0: no limit.</summary>
    [Range(0, 100_000)]
    public double RequestsPerSecond { get; init; } = 200;

    /// <summary>Requests at once after a rest.</summary>
    [Range(1, 100_000)]
    public int Burst { get; init; } = 400;

    /// <summary>Attempts after the first, of what may be repeated.</summary>
    [Range(0, 20)]
    public int Retries { get; init; } = 4;

    /// <summary>Before the first retry; doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>No wait between attempts is longer, whatever the server asks for.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Until an answer begins.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest answer that is read, an object or a page of them.</summary>
    [Range(1024, int.MaxValue)]
    public int LargestResponse { get; init; } = 64 * 1024 * 1024;

    /// <summary>The longest event of a watch.</summary>
    [Range(1024, int.MaxValue)]
    public int LongestWatchLine { get; init; } = 8 * 1024 * 1024;

    /// <summary>Longer lines of logs are cut there.</summary>
    [Range(128, int.MaxValue)]
    public int LongestLogLine { get; init; } = 64 * 1024;

    /// <summary>Objects a page.</summary>
    [Range(1, 10_000)]
    public int PageSize { get; init; } = 500;

    /// <summary>How long the server keeps one watch open; it is then resumed.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
