namespace Orrery.Orbits;

/// <summary>The Sun as seen from the Earth's centre.</summary>
/// <param name="Direction">Unit vector.</param>
/// <param name="DirectionRate">Per second.</param>
/// <param name="DistanceKm">km.</param>
public readonly record struct SunState(Vector3d Direction, Vector3d DirectionRate, double DistanceKm);
