using Orrery.Orbits;
using Orrery.Planning.Catalog;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing;

/// <summary>The contacts of one plan: those of the catalog without what is booked. Not for concurrent use.</summary>
internal sealed class ContactNetwork(
    ContactCatalog catalog,
    IReadOnlyList<TrackedSatellite> fleet,
    StationSet stations,
    FleetConfiguration configuration,
    BookedTimes booked,
    PlanningOptions options)
    : INetwork
{
    private Dictionary<(int From, int To), LinkCurve> links = [];
    private Dictionary<int, ComputeProfile> profiles = [];

    /// <summary>When computing may begin, seconds since 1970.</summary>
    public required double Start { get; init; }

    /// <summary>Until when the planner looks, seconds since 1970.</summary>
    public required double End { get; init; }

    public required PlanObjective Objective { get; init; }

    private BlockRange Range => BlockRange.Cover(Start, End);

    public TransferPath? Route(int from, int to, double ready, double mb)
    {
        var path = new TransferPath(ready, mb, []);
        if (from == to || mb <= 0)
            return path;
        if (Objective == PlanObjective.MaxReliability)
            return FewestContacts(path, from, to);
        return fleet.Count <= options.MaxRelayFleet ? Earliest(path, from, to) : Better(Over(path, from, to), OverGround(path, from, to));
    }

    /// <inheritdoc/>
    /// <remarks>The same as of <see cref="Route"/>, without writing down the way: a search asks for very many.</remarks>
    public double Arrival(int from, int to, double ready, double mb)
    {
        if (from == to || mb <= 0)
            return ready;
        if (Objective == PlanObjective.MaxReliability || fleet.Count <= options.MaxRelayFleet)
            return Route(from, to, ready, mb)?.Arrival ?? double.PositiveInfinity;
        if (from == INetwork.Ground)
            return Arrival(ToGround(to), ready, mb);
        var down = Arrival(ToGround(from), ready, mb);
        return to == INetwork.Ground
            ? down
            : Math.Min(Arrival(Between(from, to), ready, mb), Arrival(ToGround(to), down + options.TerrestrialDelayS, mb));
    }

    private static double Arrival(LinkCurve link, double ready, double mb) =>
        link.Volume.Finish(ready, mb) is var sent && double.IsFinite(sent) ? sent + link.Volume.DelayAt(sent) : double.PositiveInfinity;

    public ComputeProfile Compute(int satellite)
    {
        if (!profiles.TryGetValue(satellite, out var profile))
        {
            var light = LightStep.Divide(catalog.Shadows(fleet[satellite], Range, configuration), Start, End);
            profile = ComputeSimulation.Run(fleet[satellite].Bus, light).Without(booked.Satellite(fleet[satellite].NoradId));
            profiles.Add(satellite, profile);
        }

        return profile;
    }

    public double MemoryMb(int satellite) => fleet[satellite].Bus.MemoryMb;

    public double FullRate(int satellite) => Math.Max(fleet[satellite].Bus.TflopsSun, fleet[satellite].Bus.TflopsUmbra);

    /// <summary>The same world: what is taken from the one stays in the other.</summary>
    public ContactNetwork Fork() => new(catalog, fleet, stations, configuration, booked.Copy(), options)
    {
        Start = Start,
        End = End,
        Objective = Objective,
        links = new(links),
        profiles = new(profiles),
    };

    /// <summary>Nobody else sends over the contacts of this path while it does.</summary>
    public void Take(TransferPath path)
    {
        foreach (var hop in path.Hops.Where(hop => hop.Link is not null))
        {
            foreach (var leg in hop.Legs)
            {
                if (hop.Kind == TransferKind.InterSatellite)
                    Take(hop.From, hop.To, new Interval(leg.Start, leg.End));
                else
                    Take(hop.Link!.Contacts[leg.Tag].Station!, new Interval(leg.Start, leg.End));
            }
        }
    }

    /// <summary>Nobody else computes there at these times.</summary>
    public void Take(int satellite, IReadOnlyList<Cell> computing)
    {
        if (computing.Count == 0)
            return;
        var times = Interval.Union(computing.Select(cell => new Interval(cell.Start, cell.End)));
        foreach (var time in times)
            booked.Add(BookingKind.Satellite, $"{fleet[satellite].NoradId}", time);
        profiles[satellite] = Compute(satellite).Without(times);
    }

    private void Take(int from, int to, Interval time)
    {
        booked.Add(BookingKind.InterSatelliteLink, Booking.LinkResource(fleet[from].NoradId, fleet[to].NoradId), time);
        links[from < to ? (from, to) : (to, from)] = Between(from, to).Without([time]);
    }

    private void Take(string station, Interval time)
    {
        booked.Add(BookingKind.Station, station, time);
        var touched = links.Where(link => link.Key.To == INetwork.Ground && link.Value.Contacts.Any(contact =>
            contact.Station == station && contact.Start < time.End && time.Start < contact.End)).Select(link => link.Key).ToList();
        foreach (var key in touched)
            links.Remove(key); // made anew from all stations when it is asked for
    }

    /// <summary>Over any number of satellites and stations, stored and forwarded whole.</summary>
    /// <remarks>
    /// Exact: what is ready earlier is never sent later over the same link, so Dijkstra's algorithm on arrival times finds the least.
    /// E. W. Dijkstra, A note on two problems in connexion with graphs, 1959. Of ways that arrive together, that with the fewest hops.
    /// </remarks>
    private TransferPath? Earliest(TransferPath start, int from, int to)
    {
        var reached = new TransferPath?[fleet.Count + 1]; // the ground is the first
        var settled = new bool[fleet.Count + 1];
        reached[from + 1] = start;
        while (Nearest(reached, settled) is { } place)
        {
            var path = reached[place + 1]!;
            if (place == to)
                return path;
            settled[place + 1] = true;
            for (var next = INetwork.Ground; next < fleet.Count; next++)
            {
                if (!settled[next + 1] && Over(path, place, next) is { } longer && IsSooner(longer, reached[next + 1]) && IsSooner(longer, reached[to + 1]))
                    reached[next + 1] = longer;
            }
        }

        return null;
    }

    private static int? Nearest(TransferPath?[] reached, bool[] settled)
    {
        int? nearest = null;
        for (var i = 0; i < reached.Length; i++)
        {
            if (!settled[i] && reached[i] is { } path && (nearest is not { } best || IsSooner(path, reached[best + 1])))
                nearest = i - 1;
        }

        return nearest;
    }

    private static bool IsSooner(TransferPath path, TransferPath? other) =>
        other is null || path.Arrival < other.Arrival || (path.Arrival == other.Arrival && path.Hops.Count < other.Hops.Count);

    /// <summary>The direct way, over one satellite between, or over the ground: the one with the fewest contacts, then the most time to spare.</summary>
    private TransferPath? FewestContacts(TransferPath path, int from, int to)
    {
        var best = Over(path, from, to);
        if (fleet.Count <= options.MaxRelayFleet)
        {
            for (var via = 0; via < fleet.Count; via++)
            {
                if (via != from && via != to)
                    best = Better(best, Over(Over(path, from, via), via, to));
            }
        }

        return from == INetwork.Ground || to == INetwork.Ground ? best : Better(best, OverGround(path, from, to));
    }

    private TransferPath? OverGround(TransferPath path, int from, int to) => from == INetwork.Ground || to == INetwork.Ground
        ? null
        : Over(Over(path, from, INetwork.Ground), INetwork.Ground, to);

    /// <summary>Appends the link between two places; what has come down to the ground goes on from the station that is over it next.</summary>
    internal TransferPath? Over(TransferPath? path, int from, int to)
    {
        if (path is null)
            return null;
        if (to == INetwork.Ground)
            return path.Over(ToGround(from), TransferKind.Downlink, from, to);
        if (from != INetwork.Ground)
            return path.Over(Between(from, to), TransferKind.InterSatellite, from, to);
        return (path.Hops.Count > 0 ? path.OverGround(options.TerrestrialDelayS) : path).Over(ToGround(to), TransferKind.Uplink, from, to);
    }

    private TransferPath? Better(TransferPath? a, TransferPath? b)
    {
        if (a is null || b is null)
            return a ?? b;
        if (Objective != PlanObjective.MaxReliability)
            return b.Arrival < a.Arrival ? b : a;
        return (b.Contacts, -b.Margin, b.Arrival).CompareTo((a.Contacts, -a.Margin, a.Arrival)) < 0 ? b : a;
    }

    private LinkCurve Between(int a, int b)
    {
        var key = a < b ? (a, b) : (b, a);
        if (!links.TryGetValue(key, out var link))
        {
            link = catalog.BetweenSatellites(fleet[a], fleet[b], Range, configuration)
                .Without(booked.Link(fleet[a].NoradId, fleet[b].NoradId));
            links.Add(key, link);
        }

        return link;
    }

    private LinkCurve ToGround(int satellite)
    {
        var key = (satellite, INetwork.Ground);
        if (!links.TryGetValue(key, out var link))
        {
            link = catalog.ToGround(fleet[satellite], stations, Range, configuration);
            if (stations.Stations.Any(station => booked.Station(station.Id).Count > 0))
            {
                link = GroundEnvelope.Without(link, [.. stations.Stations.Select(station => (
                    catalog.ToStation(fleet[satellite], station, stations.MaskDeg(station), Range, configuration), booked.Station(station.Id)))]);
            }

            links.Add(key, link);
        }

        return link;
    }
}
