namespace Orrery.Orbits;

/// <summary>Where a fleet is at one time, and its topology then.</summary>
/// <param name="Time">UTC.</param>
/// <param name="EarthFixed">km, by satellite; the centre of the Earth where propagation failed.</param>
/// <param name="Links">Links between satellites.</param>
/// <param name="Routes">The earliest-arrival route of each satellite to the ground.</param>
public sealed record FleetTopology(
    DateTimeOffset Time, IReadOnlyList<Vector3d> EarthFixed, IReadOnlyList<TopologyLink> Links, IReadOnlyList<GroundRoute> Routes)
{
    /// <summary>Propagates the fleet, links it and routes it.</summary>
    public static FleetTopology At(Sgp4Batch fleet, IReadOnlyList<PassSite> sites, TopologyRules rules, DateTimeOffset time)
    {
        var states = fleet.Allocate(1);
        fleet.Propagate([time], states);
        var gmst = Frames.Gmst(time);
        var positions = new Vector3d[fleet.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            if (states.Errors[i] == PropagationError.None)
                positions[i] = Frames.ToEarthFixed(states.Position(i), gmst);
        }

        var links = LinkTopology.Of(positions, rules);
        return new(time, positions, links, GroundRoutes.Of(positions, links, sites, rules));
    }
}
