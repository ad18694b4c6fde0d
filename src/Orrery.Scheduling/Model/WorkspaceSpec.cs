namespace Orrery.Scheduling;

/// <summary>What may overtake a waiting head of the queue.</summary>
public enum QueuePolicy
{
    /// <summary>A later job may go first when it cannot delay the head: see <see cref="SchedulerOptions.OvertakeLimit"/> for ends that nobody knows.</summary>
    Backfill,

    /// <summary>Nothing overtakes.</summary>
    Fifo,
}

/// <summary>A queue of jobs with a quota.</summary>
public sealed record WorkspaceSpec
{
    public required string Id { get; init; }

    /// <summary>Workspaces of one group lend each other what they leave idle; null lends and borrows nothing.</summary>
    public string? Group { get; init; }

    /// <summary>What it may use in its own right.</summary>
    public ResourceLimits Quota { get; init; } = ResourceLimits.Unlimited;

    /// <summary>How far beyond its quota it may go with what others of its group leave idle.</summary>
    public ResourceLimits BorrowingLimit { get; init; } = ResourceLimits.Unlimited;

    public QueuePolicy Policy { get; init; }

    /// <summary>Its head may evict running jobs of strictly lower priority of this workspace.</summary>
    public bool Preemption { get; init; }
}
