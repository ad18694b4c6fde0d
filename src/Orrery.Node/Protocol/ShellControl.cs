using System.Text.Json.Serialization;

namespace Orrery.Node.Protocol;

/// <summary>A text frame of a shell; binary frames are its bytes.</summary>
/// <param name="Resize">From the caller: the size of the terminal.</param>
/// <param name="Eof">From the caller: nothing more is typed.</param>
/// <param name="Stderr">From the pod, when it has no terminal: bytes of its errors.</param>
public sealed record ShellControl(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TerminalSize? Resize = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Eof = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? Stderr = null);

/// <summary>Characters across and down.</summary>
public sealed record TerminalSize(int Cols, int Rows);
