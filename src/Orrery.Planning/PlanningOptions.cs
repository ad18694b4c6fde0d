namespace Orrery.Planning;

/// <summary>The planner's limits and constants.</summary>
public sealed record PlanningOptions
{
    public Tariff Tariff { get; init; } = new();

    /// <summary>Candidates that the search looks at; of a larger fleet it takes those with the most ground access.</summary>
    public int MaxCandidates { get; init; } = 64;

    /// <summary>Partial placements that the search looks at before it stops and states its gap.</summary>
    public int NodeBudget { get; init; } = 20_000;

    /// <summary>Pieces of model that one plan may have.</summary>
    public int MaxPieces { get; init; } = 4_096;

    /// <summary>Fleets up to this size are also searched for routes over one satellite between.</summary>
    public int MaxRelayFleet { get; init; } = 12;

    /// <summary>Seconds that a stage takes that has neither layers nor a duration.</summary>
    public double NominalStageS { get; init; } = 60;

    /// <summary>TFLOP/s of a workload's place on the ground.</summary>
    public double GroundTflops { get; init; } = 10;

    /// <summary>Seconds between two ground stations over the ground network.</summary>
    public double TerrestrialDelayS { get; init; } = 0.1;

    /// <summary>Elements older than this at the planned time are noted.</summary>
    public TimeSpan StaleElements { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How far the planner looks to say what an infeasible plan would need.</summary>
    public TimeSpan LongestHorizon { get; init; } = TimeSpan.FromHours(48);
}
