using Orrery.Orbits;
using Orrery.Planning.Catalog;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing;

/// <summary>
/// The links between satellites and the ground of one plan: those of the catalog without the times at which stations are taken. A link is
/// combined anew only when it is asked for, and only in the plan's time. Not for concurrent use.
/// </summary>
/// <param name="catalog">Where the links are when nothing is taken.</param>
/// <param name="fleet">Satellites by index.</param>
/// <param name="stations">The stations.</param>
/// <param name="configuration">Of the fleet.</param>
/// <param name="time">The plan's, seconds since 1970.</param>
internal sealed class GroundLinks(
    ContactCatalog catalog, IReadOnlyList<TrackedSatellite> fleet, StationSet stations, FleetConfiguration configuration, Interval time)
{
    private const int Directions = 2;

    private readonly bool isSymmetric = configuration.Links.IsSymmetric;
    private readonly BlockRange range = BlockRange.Cover(time.Start, time.End);
    private Free?[] free = new Free?[Directions * fleet.Count];
    private Left?[] left = new Left?[Directions * fleet.Count];
    private List<(string Station, Interval Time)> taken = [];

    /// <summary>The same links: what is taken from the one stays in the other.</summary>
    public GroundLinks Fork() => new(catalog, fleet, stations, configuration, time) { free = free, left = [.. left], taken = [.. taken] };

    /// <summary>A station is taken at a time.</summary>
    public void Take(string station, Interval at) => taken.Add((station, at));

    /// <summary>The fastest link at each moment, as if nothing were taken.</summary>
    public LinkCurve Untaken(int satellite, GroundDirection direction) => Of(satellite, direction).All;

    /// <summary>The fastest link that is left at each moment.</summary>
    /// <param name="satellite">Its index.</param>
    /// <param name="direction">Which way.</param>
    /// <param name="booked">When each station is taken, those that were taken before this began included.</param>
    public LinkCurve Remaining(int satellite, GroundDirection direction, BookedTimes booked)
    {
        ref var known = ref left[Index(satellite, direction)];
        if (known is not null)
        {
            var next = known.Taken;
            while (next < taken.Count && !known.Link.IsOpenTo(taken[next].Station, taken[next].Time))
                next++;
            if (next > known.Taken && next == taken.Count)
                known = known with { Taken = next };
            if (next == taken.Count)
                return known.Link;
        }

        var one = Of(satellite, direction);
        var link = booked.HasStations
            ? GroundEnvelope.Without(one.All, one.Stations.Value.Zip(stations.Stations, (link, station) => (link, booked.Station(station.Id))), time)
            : one.All;
        known = new(link, taken.Count);
        return link;
    }

    private Free Of(int satellite, GroundDirection direction)
    {
        ref var one = ref free[Index(satellite, direction)];
        return one ??= new(
            catalog.ToGround(fleet[satellite], stations, direction, range, configuration),
            new(() => [.. stations.Stations.Select(station =>
                catalog.ToStation(fleet[satellite], station, stations.MaskDeg(station), direction, range, configuration))]));
    }

    /// <summary>Both directions are one where they are alike.</summary>
    private int Index(int satellite, GroundDirection direction) => direction == GroundDirection.Down || isSymmetric ? satellite : fleet.Count + satellite;

    /// <summary>A link of which nothing is taken.</summary>
    /// <param name="All">To all stations together.</param>
    /// <param name="Stations">To each, in the order of the stations.</param>
    private sealed record Free(LinkCurve All, Lazy<LinkCurve[]> Stations);

    /// <summary>A link without what is taken.</summary>
    /// <param name="Link">To all stations together.</param>
    /// <param name="Taken">Of what was taken so much is known to be left out.</param>
    private sealed record Left(LinkCurve Link, int Taken);
}
