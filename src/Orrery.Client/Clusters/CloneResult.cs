using Orrery.Contracts.Clusters;

namespace Orrery.Client.Clusters;

/// <summary>What became of a clone.</summary>
/// <param name="NewIds">The new workloads, in the order of those they were made from.</param>
/// <param name="Results">One an id when not all went well; empty otherwise.</param>
public sealed record CloneResult(IReadOnlyList<string> NewIds, IReadOnlyList<BatchWorkloadResult> Results);
