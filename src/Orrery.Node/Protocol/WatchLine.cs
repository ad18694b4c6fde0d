using Orrery.Contracts.Runs;

namespace Orrery.Node.Protocol;

/// <summary>The first line of a watch.</summary>
internal sealed record SnapshotLine(IReadOnlyList<RunStatus> Snapshot);
