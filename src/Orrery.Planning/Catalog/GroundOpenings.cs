using Orrery.Orbits;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Catalog;

/// <summary>The passes of a satellite over a station in one block, as openings of a link.</summary>
internal static class GroundOpenings
{
    public static LinkOpening[] Find(SatelliteTrack satellite, GroundSite site, double maskDeg, FleetLinks links, GroundDirection direction)
    {
        if (double.IsFinite(satellite.ValidUntil))
            return [];
        return [.. PassFinder.Find(satellite.Ephemeris, site, maskDeg)
            .Select(pass => LinkBlock.Fill(Instant.Of(pass.Rise), Instant.Of(pass.Set), links.IsByElevation ? LinkBlock.FineGridS : LinkBlock.GridS, [], Sample, _ => 1))];

        (double Mbps, double DelayS) Sample(double time)
        {
            var look = site.Look(satellite.Ephemeris.EarthFixed(Instant.At(time)).Position);
            return (links.RateMbps(direction, look.RangeKm, look.ElevationRad), links.DelaySeconds(direction, look.RangeKm));
        }
    }
}
