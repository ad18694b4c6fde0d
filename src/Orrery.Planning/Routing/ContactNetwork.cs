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
    private readonly Dictionary<(int From, int To), LinkCurve> links = [];
    private readonly Dictionary<int, ComputeProfile> profiles = [];

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
        if (from == INetwork.Ground)
            return path.Over(ToGround(to), TransferKind.Uplink, from, to);
        if (to == INetwork.Ground)
            return path.Over(ToGround(from), TransferKind.Downlink, from, to);
        var best = path.Over(Between(from, to), TransferKind.InterSatellite, from, to);
        if (fleet.Count <= options.MaxRelayFleet)
        {
            for (var via = 0; via < fleet.Count; via++)
            {
                if (via != from && via != to)
                    best = Better(best, path.Over(Between(from, via), TransferKind.InterSatellite, from, via)
                        .Over(Between(via, to), TransferKind.InterSatellite, via, to));
            }
        }

        return Better(best, path.Over(ToGround(from), TransferKind.Downlink, from, INetwork.Ground)
            .OverGround(options.TerrestrialDelayS)
            .Over(ToGround(to), TransferKind.Uplink, INetwork.Ground, to));
    }

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
            link = stations.Stations.Any(station => booked.Station(station.Id).Count > 0)
                ? GroundEnvelope.Of([.. stations.Stations.Select(station => catalog
                    .ToStation(fleet[satellite], station, stations.MaskDeg(station), Range, configuration).Without(booked.Station(station.Id)))])
                : catalog.ToGround(fleet[satellite], stations, Range, configuration);
            links.Add(key, link);
        }

        return link;
    }
}
