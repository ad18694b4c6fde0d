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
    private ComputeProfile?[] profiles = new ComputeProfile?[fleet.Count];
    private GroundLinks? ground;
    private Sightings? sightings;
    private EarliestWays? ways;

    /// <summary>When computing may begin, seconds since 1970.</summary>
    public required double Start { get; init; }

    /// <summary>Until when the planner looks, seconds since 1970.</summary>
    public required double End { get; init; }

    public required PlanObjective Objective { get; init; }

    /// <summary>Whether data goes over any number of satellites and stations; else directly, or over one pair of stations.</summary>
    public required bool Relays { get; init; }

    /// <summary>Whether there are ways that routes of this world do not look at.</summary>
    public bool LeavesOutWays => !IsSmall && Objective != PlanObjective.MaxReliability;

    private GroundLinks ToGround => ground ??= new(catalog, fleet, stations, configuration, new(Start, End));

    private BlockRange Range => BlockRange.Cover(Start, End);

    public TransferPath? Route(int from, int to, double ready, double mb)
    {
        var path = new TransferPath(ready, mb, []);
        if (from == to || mb <= 0)
            return path;
        if (Objective == PlanObjective.MaxReliability)
            return FewestContacts(path, from, to);
        var direct = Better(Over(path, from, to), OverGround(path, from, to));
        return Relays && Ways(from, ready, mb).Way(to, direct?.Arrival ?? double.PositiveInfinity) is { } way ? Better(direct, Along(path, way)) : direct;
    }

    /// <inheritdoc/>
    /// <remarks>The same as of <see cref="Route"/>, without writing down the way: a search asks for very many.</remarks>
    public double Arrival(int from, int to, double ready, double mb)
    {
        if (from == to || mb <= 0)
            return ready;
        if (Objective == PlanObjective.MaxReliability)
            return Route(from, to, ready, mb)?.Arrival ?? double.PositiveInfinity;
        var direct = DirectArrival(from, to, ready, mb);
        return Relays ? Ways(from, ready, mb).Arrival(to, direct) : direct;
    }

    /// <summary>No later than <see cref="Arrival(int, int, double, double)"/>: over the links between a satellite and the ground as if nothing of them were taken.</summary>
    public double EarliestArrival(int from, int to, double ready, double mb)
    {
        if (from == to || mb <= 0)
            return ready;
        if (Relays || Objective == PlanObjective.MaxReliability || (from != INetwork.Ground && to != INetwork.Ground))
            return Arrival(from, to, ready, mb);
        return Arrival(from == INetwork.Ground ? ToGround.Untaken(to, GroundDirection.Up) : ToGround.Untaken(from, GroundDirection.Down), ready, mb);
    }

    /// <summary>In a large fleet they are looked for as if nothing were taken (<see cref="Onward"/>), and stay what they are.</summary>
    private void ForgetWays()
    {
        if (IsSmall)
            ways = null;
    }

    /// <summary>Asked for many places one after the other.</summary>
    private EarliestWays Ways(int from, double ready, double mb)
    {
        if (ways?.IsOf(from, ready, mb) != true)
            ways = new(this, from, ready, mb);
        return ways;
    }

    /// <summary>Over one link, or over one pair of stations.</summary>
    private double DirectArrival(int from, int to, double ready, double mb)
    {
        if (from == INetwork.Ground)
            return Arrival(Ground(to, GroundDirection.Up), ready, mb);
        if (to == INetwork.Ground)
            return Arrival(Ground(from, GroundDirection.Down), ready, mb);
        var across = Arrival(Between(from, to), ready, mb);
        var relay = ready + options.TerrestrialDelayS;
        if (relay < across)
            relay = Arrival(Ground(from, GroundDirection.Down), ready, mb) + options.TerrestrialDelayS;
        return relay < across ? Math.Min(across, Arrival(Ground(to, GroundDirection.Up), relay, mb)) : across;
    }

    private static double Arrival(LinkCurve link, double ready, double mb) => link.Volume.Arrival(ready, mb);

    public ComputeProfile Compute(int satellite)
    {
        if (profiles[satellite] is not { } profile)
        {
            var light = LightStep.Divide(catalog.Shadows(fleet[satellite], Range, configuration), Start, End);
            profile = ComputeSimulation.Run(fleet[satellite].Bus, light).Without(booked.Satellite(fleet[satellite].NoradId));
            profiles[satellite] = profile;
        }

        return profile;
    }

    public double MemoryMb(int satellite) => fleet[satellite].Bus.MemoryMb;

    public double FullRate(int satellite) => Math.Max(fleet[satellite].Bus.TflopsSun, fleet[satellite].Bus.TflopsUmbra);

    /// <summary>The same world: what is taken from the one stays in the other.</summary>
    public ContactNetwork Fork() => Fork(Relays);

    /// <summary>The same world, in which data goes over any number of satellites and stations.</summary>
    public ContactNetwork WithRelays() => Fork(relays: true);

    private ContactNetwork Fork(bool relays) => new(catalog, fleet, stations, configuration, booked.Copy(), options)
    {
        Start = Start,
        End = End,
        Objective = Objective,
        Relays = relays,
        links = new(links),
        ground = ToGround.Fork(),
        profiles = [.. profiles],
        sightings = sightings,
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
        ForgetWays();
        booked.Add(BookingKind.InterSatelliteLink, Booking.LinkResource(fleet[from].NoradId, fleet[to].NoradId), time);
        links.Remove(from < to ? (from, to) : (to, from)); // made anew when it is asked for
    }

    private void Take(string station, Interval time)
    {
        ForgetWays();
        booked.Add(BookingKind.Station, station, time);
        ToGround.Take(station, time);
    }

    /// <summary>How many satellites there are; a place is an index below or the ground.</summary>
    public int Satellites => fleet.Count;

    /// <summary>Where data can go from a place over one link, and when it is there, seconds since 1970; +∞ when it never is.</summary>
    /// <remarks>
    /// Exact in small fleets. In a large one links between satellites count by what they carry when they are seen to be open, and links to
    /// the ground as if nothing were booked: what is found has to be sent over the curves.
    /// </remarks>
    /// <param name="place">Where it is.</param>
    /// <param name="ready">Seconds since 1970.</param>
    /// <param name="mb">MB.</param>
    /// <param name="isUnderWay">What has come down goes over the ground network to the station that sends it up.</param>
    /// <param name="onward">To which they are appended; a place may come several times.</param>
    internal void Onward(int place, double ready, double mb, bool isUnderWay, List<(int Place, double Arrival)> onward)
    {
        if (place == INetwork.Ground)
        {
            var up = isUnderWay ? ready + options.TerrestrialDelayS : ready;
            for (var satellite = 0; satellite < fleet.Count; satellite++)
                onward.Add((satellite, Arrival(IfUnbooked(satellite, GroundDirection.Up), up, mb)));
            return;
        }

        onward.Add((INetwork.Ground, Arrival(IfUnbooked(place, GroundDirection.Down), ready, mb)));
        if (IsSmall)
        {
            for (var other = 0; other < fleet.Count; other++)
            {
                if (other != place)
                    onward.Add((other, Arrival(Between(place, other), ready, mb)));
            }

            return;
        }

        sightings ??= new(catalog, fleet, configuration, Range);
        sightings.Onward(place, ready, mb, onward);
    }

    /// <summary>The direct way, over one satellite between, or over the ground: the one with the fewest contacts, then the most time to spare.</summary>
    private TransferPath? FewestContacts(TransferPath path, int from, int to)
    {
        var best = Over(path, from, to);
        if (Relays)
        {
            for (var via = 0; via < fleet.Count; via++)
            {
                if (via != from && via != to)
                    best = Better(best, Over(Over(path, from, via), via, to));
            }
        }

        return from == INetwork.Ground || to == INetwork.Ground ? best : Better(best, OverGround(path, from, to));
    }

    private TransferPath? Along(TransferPath? path, IReadOnlyList<int> way)
    {
        for (var i = 1; i < way.Count; i++)
            path = Over(path, way[i - 1], way[i]);
        return path;
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
            return path.Over(Ground(from, GroundDirection.Down), TransferKind.Downlink, from, to);
        if (from != INetwork.Ground)
            return path.Over(Between(from, to), TransferKind.InterSatellite, from, to);
        return (path.Hops.Count > 0 ? path.OverGround(options.TerrestrialDelayS) : path).Over(Ground(to, GroundDirection.Up), TransferKind.Uplink, from, to);
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

    private bool IsSmall => fleet.Count <= options.MaxRelayFleet;

    /// <summary>In a small fleet with what is booked all the same.</summary>
    private LinkCurve IfUnbooked(int satellite, GroundDirection direction) => IsSmall ? Ground(satellite, direction) : ToGround.Untaken(satellite, direction);

    private LinkCurve Ground(int satellite, GroundDirection direction) => ToGround.Remaining(satellite, direction, booked);
}
