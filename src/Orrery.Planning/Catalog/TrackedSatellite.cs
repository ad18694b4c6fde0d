using Orrery.Orbits;

namespace Orrery.Planning.Catalog;

/// <summary>A satellite of the fleet with what the catalog needs of it.</summary>
internal sealed class TrackedSatellite(FleetSatellite satellite)
{
    private Sgp4Propagator? propagator;

    public ElementSet Elements => satellite.Elements;

    public BusClass Bus => satellite.Bus;

    public int NoradId => satellite.Elements.NoradId;

    public string Fingerprint { get; } = satellite.Elements.Fingerprint;

    public Sgp4Propagator Propagator => propagator ??= new(satellite.Elements);
}
