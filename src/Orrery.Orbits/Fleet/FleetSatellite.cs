namespace Orrery.Orbits;

/// <summary>A satellite of a fleet.</summary>
/// <param name="Elements">Where it is.</param>
/// <param name="BusClass">Name of its bus class.</param>
public sealed record FleetSatellite(ElementSet Elements, string BusClass);
