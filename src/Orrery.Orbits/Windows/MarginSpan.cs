namespace Orrery.Orbits;

/// <summary>Where a margin is positive, seconds; clipped where the search's own end cut it.</summary>
internal readonly record struct MarginSpan(double Start, double End, bool StartClipped, bool EndClipped);
