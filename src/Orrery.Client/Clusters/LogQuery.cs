using Orrery.Client.Http;

namespace Orrery.Client.Clusters;

/// <summary>Which lines of a pod's log; null leaves it to the server.</summary>
public sealed record LogQuery
{
    /// <summary>The last so many lines, 1–100,000; 1,000 when null.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only what is at most so many seconds old; 0 is all.</summary>
    public long? SinceSeconds { get; init; }

    public string? Container { get; init; }

    internal string Path(string route, bool follow) => new QueryText(route)
        .Add("tailLines", TailLines).Add("container", Container).Add("sinceSeconds", SinceSeconds)
        .Add("follow", follow ? "true" : null)
        .ToString();
}
