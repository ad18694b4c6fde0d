namespace Orrery.Scheduling;

/// <summary>A gang of equal replicas: all start or none.</summary>
public sealed record Job
{
    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not used when <see cref="SpecifiedNodes"/> are given: then one for each of them.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>What one replica needs.</summary>
    public Resources Request { get; init; }

    /// <summary>Every one must match the node's.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>One replica on each, exactly, in rank order; empty leaves the choice to the scheduler.</summary>
    public IReadOnlyList<string> SpecifiedNodes { get; init; } = [];

    /// <summary>May run on tainted nodes.</summary>
    public bool TolerateAll { get; init; }

    /// <summary>The longest it may run over all its runs; null means that its end is unknown.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A service: it runs until somebody ends it, so nothing is kept free for others in the hope that it does.</summary>
    public bool Endless { get; init; }

    /// <summary>How much of <see cref="Timeout"/> former runs have used.</summary>
    public TimeSpan AlreadyRan { get; init; }

    /// <summary>It is not in the queue before.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Ids of jobs that are not yet known to have succeeded; it is not in the queue before they have.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}
