namespace Orrery.Client.Clusters;

/// <summary>Bytes that a shell or command printed.</summary>
/// <param name="Bytes">At least one.</param>
/// <param name="IsErrors">From standard error; at a terminal that comes with the output.</param>
public sealed record ShellOutput(ReadOnlyMemory<byte> Bytes, bool IsErrors);
