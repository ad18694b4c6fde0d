namespace Orrery.Scheduling;

/// <summary>What one look at the queues decided.</summary>
public sealed record PassResult
{
    public IReadOnlyList<Admission> Admissions { get; init; } = [];

    /// <summary>Running jobs to stop and <see cref="ClusterScheduler.Requeue"/>; their capacity is claimed for the job that they make room for.</summary>
    public IReadOnlyList<Preemption> Preemptions { get; init; } = [];

    /// <summary>Waiting jobs that can never start; to be ended with <see cref="ClusterScheduler.Release"/>.</summary>
    public IReadOnlyList<DependencyFailure> DependencyFailures { get; init; } = [];

    /// <summary>When time alone will change something; null when only events can.</summary>
    public DateTimeOffset? NextWake { get; init; }
}

/// <summary>A job that starts now.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Nodes">Node of each rank.</param>
public sealed record Admission(string JobId, IReadOnlyList<string> Nodes);

/// <summary>A running job that has to make room.</summary>
public sealed record Preemption(string VictimId, string ForJobId, string Reason);

/// <summary>A waiting job whose dependency ended without success, or failed by a dependency itself.</summary>
public sealed record DependencyFailure(string JobId, string DependencyId);
