namespace Orrery.Orbits;

/// <summary>A link between two satellites at one time.</summary>
/// <param name="A">Index of the one with the lower index.</param>
/// <param name="B">Index of the other.</param>
/// <param name="RangeKm">Distance, km.</param>
public readonly record struct TopologyLink(int A, int B, double RangeKm);
