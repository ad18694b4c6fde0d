namespace Orrery.Node.Logs;

/// <summary>One line of a pod's output.</summary>
/// <param name="Offset">Bytes of output up to and with this line: grows with every line of the pod, also over restarts.</param>
/// <param name="Time">When the node took it.</param>
/// <param name="Text">Without the line break; longer lines than 64 KiB are split.</param>
public sealed record LogLine(long Offset, DateTimeOffset Time, string Text);
