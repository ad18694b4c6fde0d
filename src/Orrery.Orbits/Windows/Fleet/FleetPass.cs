namespace Orrery.Orbits;

/// <summary>One pass of a search over many satellites and sites.</summary>
/// <param name="Satellite">Index of the satellite.</param>
/// <param name="Site">Index of the site.</param>
/// <param name="Pass">The pass.</param>
public sealed record FleetPass(int Satellite, int Site, Pass Pass);
