using Orrery.Contracts.Runs;

namespace Orrery.Node.Protocol;

/// <summary>The first line of a watch.</summary>
internal sealed record SnapshotLine(IReadOnlyList<RunStatus> Snapshot);

/// <summary>A text frame of a shell.</summary>
internal sealed record ShellControl(TerminalSize? Resize);

/// <summary>Characters across and down.</summary>
internal sealed record TerminalSize(int Cols, int Rows);
