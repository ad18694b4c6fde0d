namespace Orrery.Contracts.Workloads;

/// <summary>The planner's verdict on a workload, as preview shows it and as submit runs it. Times UTC, MB, seconds.</summary>
public sealed record PlanView
{
    public required bool Feasible { get; init; }

    public IReadOnlyList<PlanReasonView> Reasons { get; init; } = [];

    /// <summary>Chains: transmission time on inter-satellite links exceeds compute time.</summary>
    public required bool IslBound { get; init; }

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

    public IReadOnlyList<string> Notes { get; init; } = [];

    public required string Fingerprint { get; init; }
}

public sealed record PlanReasonView(string Code, string Message, IReadOnlyDictionary<string, double> Numbers);

public sealed record PartitionView(
    int Stage, string? Satellite, IReadOnlyList<LayerShareView> Layers, double ComputeTflop, double ActivationOutMb);

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
