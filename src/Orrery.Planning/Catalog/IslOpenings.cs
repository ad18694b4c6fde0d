using Orrery.Orbits;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Catalog;

/// <summary>The openings of an inter-satellite link in one block.</summary>
internal static class IslOpenings
{
    public static LinkOpening[] Find(SatelliteTrack a, SatelliteTrack b, IslLimits limits, FleetLinks links)
    {
        if (double.IsFinite(a.ValidUntil) || double.IsFinite(b.ValidUntil))
            return [];
        var edges = a.Shadows.Concat(b.Shadows).SelectMany(shadow => new[] { shadow.UmbraStart, shadow.UmbraEnd }).ToArray();
        return [.. IslWindowFinder.Find(a.Ephemeris, b.Ephemeris, limits)
            .Select(window => LinkBlock.Fill(Instant.Of(window.Start), Instant.Of(window.End), LinkBlock.GridS, edges, Sample, Factor))];

        (double Mbps, double DelayS) Sample(double time)
        {
            var at = Instant.At(time);
            var range = Math.Min(limits.MaxRangeKm, (a.Ephemeris.Teme(at).Position - b.Ephemeris.Teme(at).Position).Length);
            return (links.InterSatelliteMbps(range), links.InterSatelliteDelaySeconds(range));
        }

        double Factor(double time) => a.InUmbra(time) || b.InUmbra(time) ? links.UmbraFactor : 1;
    }
}
