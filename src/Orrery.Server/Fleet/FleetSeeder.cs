using Orrery.Orbits;

namespace Orrery.Server.Fleet;

/// <summary>A first start brings the bundled satellites; a later one only newer elements of theirs.</summary>
internal sealed class FleetSeeder(FleetStore store)
{
    public Task Seed(CancellationToken ct) =>
        store.Import(SatelliteRow.SharedOwner, [.. BundledFleet.Satellites.Select(satellite => (satellite.Elements, satellite.BusClass))], ct);
}
