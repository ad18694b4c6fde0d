using System.Text.Json.Serialization;

namespace Orrery.Contracts.Workloads;

/// <summary>The planner's verdict on a workload, as preview shows it and as submit runs it. Times UTC, MB, seconds.</summary>
public sealed record PlanView
{
    public required bool Feasible { get; init; }

    public IReadOnlyList<PlanReasonView> Reasons { get; init; } = [];

    /// <summary>Transmission on inter-satellite links takes longer than computing; of distributed training communication, waits included.</summary>
    public required bool IslBound { get; init; }

    /// <summary>Which of <c>model.quality_tiers</c> the plan does; absent when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? QualityTier { get; init; }

    public required int Stages { get; init; }

    public IReadOnlyList<PartitionView> Partition { get; init; } = [];

    public IReadOnlyList<TimelineView> Timeline { get; init; } = [];

    public IReadOnlyList<TransferView> Transfers { get; init; } = [];

    public double? MakespanS { get; init; }

    public string? Bottleneck { get; init; }

    /// <summary>No plan whatever can end sooner than this many seconds after its start.</summary>
    public double? LowerBoundS { get; init; }

    /// <summary>(makespan − lower bound) / makespan.</summary>
    public double? Gap { get; init; }

    /// <summary>How many candidates the placement looked at.</summary>
    public int Considered { get; init; }

    /// <summary>Of the class spatial: what share of the area is known on the ground by when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TileCoverageView>? Coverage { get; init; }

    /// <summary>Of the class distributed-training, which is only judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrainingView? Training { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public required string Fingerprint { get; init; }
}

public sealed record PlanReasonView(string Code, string Message, IReadOnlyDictionary<string, double> Numbers);

/// <param name="Stage">Its index.</param>
/// <param name="Satellite">NORAD number; null on the ground.</param>
/// <param name="Layers">What it holds of the model.</param>
/// <param name="ComputeTflop">Its work.</param>
/// <param name="ActivationOutMb">MB that leave it.</param>
/// <param name="Role">stage, shard, combine, tile, client, aggregate, head or tail.</param>
/// <param name="Round">Of the rounds or steps of its class, from 0.</param>
/// <param name="Location"><c>orbit</c> or <c>ground</c>.</param>
/// <param name="Inputs">Indexes of the stages whose results it needs.</param>
public sealed record PartitionView(
    int Stage, string? Satellite, IReadOnlyList<LayerShareView> Layers, double ComputeTflop, double ActivationOutMb,
    string Role, int Round, string Location, IReadOnlyList<int> Inputs);

/// <summary>One tile of a spatial plan, in the order in which their results are on the ground.</summary>
/// <param name="Stage">Its stage.</param>
/// <param name="Satellite">NORAD number.</param>
/// <param name="Share">Of the area, 0–1.</param>
/// <param name="SeenAt">When all of it has been seen.</param>
/// <param name="DeliveredAt">When its result is on the ground.</param>
/// <param name="Covered">Of the area, 0–1: what is on the ground by then.</param>
/// <param name="Geometry">GeoJSON.</param>
public sealed record TileCoverageView(
    int Stage, string Satellite, double Share, DateTimeOffset SeenAt, DateTimeOffset DeliveredAt, double Covered, GeometryView Geometry);

/// <summary>A GeoJSON geometry.</summary>
/// <param name="Type">MultiPolygon.</param>
/// <param name="Coordinates">Polygons of rings of positions, longitude and latitude in degrees.</param>
public sealed record GeometryView(string Type, IReadOnlyList<double[][][]> Coordinates);

/// <summary>What one step of distributed training would take; seconds, null for what does not end within the horizon.</summary>
/// <param name="Workers">Satellites that take part.</param>
/// <param name="ComputePerStepS">Of the slowest worker.</param>
/// <param name="RingAllReduceS">Summing the gradients by a ring, waits for contacts included.</param>
/// <param name="TreeAllReduceS">By a tree.</param>
/// <param name="GradientMb">What each worker contributes.</param>
/// <param name="Efficiency">Computing as a part of the step, 0–1.</param>
/// <param name="OneWorkerS">The same step on the fastest satellite alone.</param>
/// <param name="GroundS">The same step on the ground.</param>
public sealed record TrainingView(
    int Workers, double ComputePerStepS, double? RingAllReduceS, double? TreeAllReduceS, double GradientMb, double Efficiency, double OneWorkerS, double GroundS);

public sealed record LayerShareView(string Name, double Fraction);

public sealed record TimelineView(int Stage, string? Satellite, DateTimeOffset Start, DateTimeOffset End);

public sealed record TransferView(
    string From, string To, IReadOnlyList<string> Route, double Mb, DateTimeOffset Start, DateTimeOffset End, string Contact);

/// <param name="Ocu">Orbital compute units of all stages run in orbit.</param>
/// <param name="Cents">Price of the whole.</param>
public sealed record CostView(long Ocu, long Cents, long PerStageOcu, int Stages, long PricePerOcuCents);

public sealed record PreviewResponse(string Kind, int Candidates, PlanView Plan, CostView CostEstimate, string Mode);

/// <summary>One plan of a workload's history; <paramref name="ReplacedBecause"/> is null for the one that runs.</summary>
public sealed record PlanRevisionView(int Revision, DateTimeOffset CreatedAt, string? ReplacedBecause, PlanView Plan);

public sealed record PlanHistoryView(string Id, PlanView Plan, IReadOnlyList<PlanRevisionView> Earlier);
