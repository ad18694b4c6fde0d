namespace Orrery.Client.Clusters;

/// <summary>A line of a pod's log.</summary>
/// <param name="Offset">Grows along the log; following goes on behind it.</param>
/// <param name="Text">Without its line break.</param>
public sealed record LogLine(long Offset, string Text);
