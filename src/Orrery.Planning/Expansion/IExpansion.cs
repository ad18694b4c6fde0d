using Orrery.Orbits;
using Orrery.Planning.Catalog;

namespace Orrery.Planning.Expansion;

/// <summary>What an expansion may look at.</summary>
/// <param name="Spec">The workload.</param>
/// <param name="Candidates">How many satellites may run a stage.</param>
/// <param name="Finished">The stages that have ended.</param>
/// <param name="Previous">In a re-plan: the plan whose partition is kept.</param>
public sealed record ExpansionContext(WorkSpec Spec, int Candidates, IReadOnlyList<FinishedStage> Finished, Plan? Previous)
{
    public required PlanningOptions Options { get; init; }

    /// <summary>The satellites that may run a stage.</summary>
    internal IReadOnlyList<TrackedSatellite> Satellites { get; init; } = [];

    /// <summary>Where they are.</summary>
    internal ContactCatalog? Catalog { get; init; }

    public FleetConfiguration? Fleet { get; init; }

    /// <summary>The plan's window, seconds since 1970.</summary>
    internal (double Start, double End) Window { get; init; }
}

/// <summary>The rule that turns a workload of one class into stages: all that the planner knows of a class.</summary>
public interface IExpansion
{
    WorkloadClass Class { get; }

    /// <summary>All stages known so far, those that have ended included.</summary>
    StageGraph Expand(ExpansionContext context);

    /// <summary>The graphs among which placement may choose; most classes have one.</summary>
    IReadOnlyList<StageGraph> Variants(ExpansionContext context) => [Expand(context)];

    /// <summary>A graph with only these of its stages that <see cref="StageSpec.MayBeMissing"/>, numbered anew; null: the class has none, or none is left.</summary>
    StageGraph? Reduced(ExpansionContext context, StageGraph graph, IReadOnlySet<int> kept) => null;
}
