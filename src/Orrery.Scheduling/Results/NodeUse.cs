namespace Orrery.Scheduling;

/// <summary>A node and what it holds.</summary>
/// <param name="Spec">The node.</param>
/// <param name="Free">Capacity less what runs there; negative where more runs than fits.</param>
/// <param name="Jobs">Replicas there, by job id and rank.</param>
public sealed record NodeUse(NodeSpec Spec, Resources Free, IReadOnlyList<NodeJob> Jobs);

/// <summary>One replica on a node.</summary>
public sealed record NodeJob(string JobId, int Rank, Resources Request);

/// <summary>What a workspace uses.</summary>
public sealed record WorkspaceUse(Resources Used, int Running, int Waiting);
