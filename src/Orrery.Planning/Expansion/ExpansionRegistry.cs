namespace Orrery.Planning.Expansion;

/// <summary>The classes that can be planned.</summary>
public sealed class ExpansionRegistry
{
    private readonly Dictionary<WorkloadClass, IExpansion> expansions;

    public ExpansionRegistry(IEnumerable<IExpansion> expansions) => this.expansions = expansions.ToDictionary(expansion => expansion.Class);

    /// <summary>The classes that come with the planner.</summary>
    public static ExpansionRegistry Default { get; } = new(
        [new SingleExpansion(), new ModelParallelExpansion(), new DataParallelExpansion(), new SpatialExpansion(), new FederatedExpansion(), new SplitLearningExpansion()]);

    public IReadOnlyCollection<WorkloadClass> Classes => expansions.Keys;

    /// <summary>The rule of a class, or null when the class cannot be planned yet.</summary>
    public IExpansion? Find(WorkloadClass workloadClass) => expansions.GetValueOrDefault(workloadClass);
}
