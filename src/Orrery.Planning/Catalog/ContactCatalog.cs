using Orrery.Orbits;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Catalog;

/// <summary>
/// The orbital work that all plans share: tracks, shadows, passes, links and their volumes, in blocks of UTC, so that plans that
/// start seconds apart find everything done. Safe for concurrent use; memory is bounded.
/// </summary>
public sealed class ContactCatalog
{
    private const int CellBytes = 48;
    private const int TrackBytes = 100_000;
    private const int SightingBytes = 24;

    private readonly LruCache<(string Elements, long Block, double MinAltitudeKm), SatelliteTrack> tracks;
    private readonly LruCache<LinkKey, LinkOpening[]> openings;
    private readonly LruCache<(LinkKey Key, int Count), LinkCurve> curves;
    private readonly LruCache<(string Fleet, object Rules, long Step), List<Sighting>[]> sightings;

    /// <param name="capacityMb">About how much memory the catalog may keep, MB.</param>
    public ContactCatalog(int capacityMb = 256)
    {
        var share = capacityMb * 1_000_000L * 5 / 16;
        tracks = new(share, _ => TrackBytes);
        openings = new(share, blocks => 100 + blocks.Sum(opening => 100L + (opening.Cells.Length * CellBytes)));
        curves = new(share, curve => 200 + (curve.Volume.Cells.Length * (CellBytes + (2 * sizeof(double)))));
        sightings = new(share / 5, seen => 100 + seen.Sum(one => 60L + (one.Capacity * SightingBytes)));
    }

    internal SatelliteTrack Track(TrackedSatellite satellite, long block, FleetConfiguration configuration) =>
        tracks.Get(
            (satellite.Fingerprint, block, configuration.MinAltitudeKm),
            key => SatelliteTrack.Of(satellite.Propagator, key.Block, key.MinAltitudeKm));

    /// <summary>The link between two satellites over a range of blocks.</summary>
    internal LinkCurve BetweenSatellites(TrackedSatellite a, TrackedSatellite b, BlockRange range, FleetConfiguration configuration)
    {
        if (string.CompareOrdinal(a.Fingerprint, b.Fingerprint) > 0)
            (a, b) = (b, a);
        var first = new LinkKey(a.Fingerprint, b.Fingerprint, 0, configuration.Links.InterSatelliteRules, range.First);
        return curves.Get((first, range.Count), _ => LinkBlock.Join(
            Blocks(range).Select(block => openings.Get(first with { Block = block }, _ =>
                IslOpenings.Find(Track(a, block, configuration), Track(b, block, configuration), configuration.InterSatelliteLink, configuration.Links))),
            Booking.LinkResource(a.NoradId, b.NoradId),
            null));
    }

    /// <summary>The link between a satellite and a station over a range of blocks, one way.</summary>
    internal LinkCurve ToStation(
        TrackedSatellite satellite, GroundStation station, double maskDeg, GroundDirection direction, BlockRange range, FleetConfiguration configuration)
    {
        var first = new LinkKey(satellite.Fingerprint, station, maskDeg, configuration.Links.Rules(direction), range.First);
        return curves.Get((first, range.Count), _ => LinkBlock.Join(
            Blocks(range).Select(block => openings.Get(first with { Block = block }, _ =>
                GroundOpenings.Find(Track(satellite, block, configuration), station.Site, maskDeg, configuration.Links, direction))),
            $"{satellite.NoradId}-{station.Id}",
            station.Id));
    }

    /// <summary>The fastest of a satellite's links to the stations at each moment, one way.</summary>
    internal LinkCurve ToGround(
        TrackedSatellite satellite, StationSet stations, GroundDirection direction, BlockRange range, FleetConfiguration configuration) => curves.Get(
        (new(satellite.Fingerprint, stations.Fingerprint, stations.MinElevationDeg, configuration.Links.Rules(direction), range.First), range.Count),
        _ => GroundEnvelope.Of([.. stations.Stations.Select(station =>
            ToStation(satellite, station, stations.MaskDeg(station), direction, range, configuration))]));

    /// <summary>Who sees whom in a fleet in a step of time; made when it is not known.</summary>
    internal List<Sighting>[] Sightings(string fleet, object rules, long step, Func<List<Sighting>[]> make) => sightings.Get((fleet, rules, step), _ => make());

    /// <summary>A satellite's shadows over a range of blocks; a shadow over a block's edge comes in two parts.</summary>
    internal IReadOnlyList<Shadow> Shadows(TrackedSatellite satellite, BlockRange range, FleetConfiguration configuration) =>
        [.. Blocks(range).SelectMany(block => Track(satellite, block, configuration).Shadows)];

    /// <summary>The first time in the range from which the elements no longer hold, seconds since 1970; +∞ when they hold throughout.</summary>
    internal double ValidUntil(TrackedSatellite satellite, BlockRange range, FleetConfiguration configuration) =>
        Blocks(range).Select(block => Track(satellite, block, configuration).ValidUntil).FirstOrDefault(double.IsFinite, double.PositiveInfinity);

    private static IEnumerable<long> Blocks(BlockRange range)
    {
        for (var i = 0; i < range.Count; i++)
            yield return range.First + i;
    }

    /// <summary>A link in a block: its ends, the mask, and what its rate follows from.</summary>
    private sealed record LinkKey(string Satellite, object Other, double MaskDeg, object Rules, long Block);
}
