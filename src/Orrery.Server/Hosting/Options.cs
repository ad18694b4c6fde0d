using System.ComponentModel.DataAnnotations;

namespace Orrery.Server.Hosting;

/// <summary>Section <c>Agents</c>: how agents are timed and bounded. Times are wall time.</summary>
internal sealed record AgentOptions
{
    /// <summary>No event for this long, or twice the step's planned time if longer, fails a deployment.</summary>
    [Range(0.05, 86_400)]
    public double SilenceTimeoutS { get; init; } = 300;

    /// <summary>An agent not heard of for this long does not count as there.</summary>
    [Range(0.05, 86_400)]
    public double LostAfterS { get; init; } = 300;

    /// <summary>How often the same deployment is offered to an agent that took it without a word.</summary>
    [Range(1, 100)]
    public int MostOffers { get; init; } = 3;

    /// <summary>Events that one deployment may post at once; 0: no limit.</summary>
    [Range(0, 1_000_000)]
    public int EventBurst { get; init; } = 1000;

    [Range(1, 10_000_000)]
    public int EventsPerMinute { get; init; } = 1000;
}

/// <summary>Section <c>Reconcile</c>.</summary>
internal sealed record ReconcileOptions
{
    /// <summary>Every open workload is looked at this often, signal or not.</summary>
    [Range(0.01, 3600)]
    public double ResyncS { get; init; } = 2;

    [Range(1, 256)]
    public int Workers { get; init; } = 4;

    [Range(0.1, 600)]
    public double LeaseS { get; init; } = 6;

    [Range(0.05, 300)]
    public double RenewS { get; init; } = 2;
}

/// <summary>Section <c>Retention</c>.</summary>
internal sealed record RetentionOptions
{
    /// <summary>Ended workloads, and their events, are kept this long.</summary>
    [Range(0.001, 36_500)]
    public double Days { get; init; } = 90;

    [Range(0.1, 86_400)]
    public double SweepS { get; init; } = 600;

    [Range(0.001, 8760)]
    public double IdempotencyHours { get; init; } = 24;
}

/// <summary>Section <c>Planning</c>.</summary>
internal sealed record PlanningSettings
{
    /// <summary><c>now</c>, or <c>fleet_epoch</c>: simulated workloads without a start begin at the fleet's newest epoch.</summary>
    [RegularExpression("now|fleet_epoch")]
    public string SimulatedStart { get; init; } = "now";

    /// <summary><c>live</c>, <c>simulated</c>, or <c>auto</c>: simulated until the first agent key exists.</summary>
    [RegularExpression("auto|live|simulated")]
    public string DefaultMode { get; init; } = "auto";

    [Range(1, 1000)]
    public long OcuPerStage { get; init; } = 150;

    [Range(0, 1_000_000)]
    public long CentsPerOcu { get; init; } = 12;

    /// <summary>OCU that a user's open and ended workloads may cost together; 0: no limit.</summary>
    [Range(0, long.MaxValue)]
    public long OcuQuotaPerUser { get; init; }

    /// <summary>A fleet configuration file in place of the bundled one.</summary>
    public string? FleetFile { get; init; }
}
