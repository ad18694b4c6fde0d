using Orrery.Orbits;

namespace Orrery.Planning;

/// <summary>A satellite that the planner may use.</summary>
public sealed record FleetSatellite(ElementSet Elements, BusClass Bus);

/// <summary>The fleet as one plan sees it.</summary>
public sealed record FleetSnapshot
{
    public required IReadOnlyList<FleetSatellite> Satellites { get; init; }

    public required IReadOnlyList<GroundStation> Stations { get; init; }

    public required FleetConfiguration Configuration { get; init; }
}
