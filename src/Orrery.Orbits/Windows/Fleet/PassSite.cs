namespace Orrery.Orbits;

/// <summary>A site of a search for passes.</summary>
/// <param name="Site">Where it is.</param>
/// <param name="MinElevationDeg">Elevation mask, degrees; no refraction.</param>
public sealed record PassSite(GroundSite Site, double MinElevationDeg);
