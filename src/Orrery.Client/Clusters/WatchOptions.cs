namespace Orrery.Client.Clusters;

/// <summary>How to watch a workload.</summary>
public sealed record WatchOptions
{
    /// <summary>Between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>False goes on after its end, until the caller cancels or it is deleted.</summary>
    public bool UntilEnded { get; init; } = true;
}
