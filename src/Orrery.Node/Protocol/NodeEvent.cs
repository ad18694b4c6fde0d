using Orrery.Contracts.Runs;

namespace Orrery.Node.Protocol;

/// <summary>What a watch tells: first a snapshot, then changes.</summary>
public abstract record NodeEvent;

/// <summary>All workloads that the node holds; any other is gone.</summary>
public sealed record NodeSnapshot(IReadOnlyList<RunStatus> Runs) : NodeEvent;

/// <summary>One workload's newest status.</summary>
public sealed record NodeChange(RunStatus Run) : NodeEvent;
