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

    /// <summary>
    /// In fleets up to this size the search looks at ways over any number of satellites and stations; in larger ones at direct ways and over
    /// one pair of stations, and the plan that it finds is then sent over whatever nodes make it end earlier.
    /// </summary>
    public int MaxRelayFleet { get; init; } = 12;

    /// <summary>Up to so many candidates a chain is searched exactly; of more, until no plan could be shorter by <see cref="ChainTolerance"/>.</summary>
    public int ExactCandidates { get; init; } = 12;

    /// <summary>A part of the time from the start to the end.</summary>
    public double ChainTolerance { get; init; } = 0.005;

    /// <summary>A plan that ends within the first of these is looked for with no look at what is later; then within the next.</summary>
    public IReadOnlyList<TimeSpan> Looks { get; init; } = [TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(9)];

    /// <summary>Schedules of a stage graph that is no chain that the search makes before it stops.</summary>
    public int GraphTries { get; init; } = 48;

    /// <summary>After so many that brought nothing it stops earlier.</summary>
    public int VainTries { get; init; } = 5;

    /// <summary>Stages that one plan may have.</summary>
    public int MaxStages { get; init; } = 512;

    /// <summary>Shards of a workload that does not say how many; more cost more.</summary>
    public int UsualShards { get; init; } = 8;

    /// <summary>Clients of a federated round when neither satellites nor a least number of them are named.</summary>
    public int UsualClients { get; init; } = 4;

    /// <summary>Tiles into which an area is cut at most.</summary>
    public int MostTiles { get; init; } = 64;

    /// <summary>Of passes that have seen an area within so many seconds of the first of them, a part belongs to the one that sees it best.</summary>
    public double SameLookS { get; init; } = 300;

    /// <summary>Parts of an area smaller than this are left out: a part of the whole.</summary>
    public double LeastTile { get; init; } = 0.002;

    /// <summary>Seconds in which the ground joins results: a combine or an aggregate.</summary>
    public double JoinS { get; init; } = 1;

    /// <summary>MB of a compressed update for each MB of parameters: float32 as int8 (Jacob et al., CVPR 2018).</summary>
    public double UpdateFraction { get; init; } = 0.25;

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
