namespace Orrery.Orbits;

/// <summary>A point on a map.</summary>
/// <param name="LatitudeDeg">North positive.</param>
/// <param name="LongitudeDeg">East positive.</param>
public readonly record struct GeoPoint(double LatitudeDeg, double LongitudeDeg);
