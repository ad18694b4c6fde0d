using Orrery.Planning.Catalog;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Verdict;

/// <summary>Writes a path of the network as planned transfers, one for each contact.</summary>
internal static class TransferLegs
{
    private const string GroundNode = "ground";

    public static IEnumerable<PlannedTransfer> Of(TransferPath path, int? fromStage, int? toStage, IReadOnlyList<TrackedSatellite> fleet)
    {
        var hops = path.Hops.Select(hop => hop.Link is null ? [] : Over(hop, path.Mb, fleet).ToList()).ToList();
        var legs = path.Hops.SelectMany((hop, i) => hop.Link is null ? TerrestrialLegs.Of(hop, hops[i - 1], hops[i + 1]) : hops[i]).ToList();
        var route = Route(legs);
        return legs.Select((leg, i) => leg with { FromStage = fromStage, ToStage = toStage, Route = route, Leg = i });
    }

    private static IEnumerable<PlannedTransfer> Over(Hop hop, double mb, IReadOnlyList<TrackedSatellite> fleet)
    {
        var legs = hop.Legs;
        var sent = legs.Sum(leg => leg.Amount);
        return legs.Select(leg => Over(hop, leg, leg.Amount * (mb / sent), fleet));
    }

    private static PlannedTransfer Over(Hop hop, Cell leg, double mb, IReadOnlyList<TrackedSatellite> fleet)
    {
        var contact = hop.Link!.Contacts[leg.Tag];
        return new()
        {
            From = Node(hop.From, contact, fleet),
            To = Node(hop.To, contact, fleet),
            Mb = mb,
            Start = Instant.At(leg.Start),
            End = Instant.At(leg.End + leg.Delay),
            DelayS = leg.Delay,
            Kind = hop.Kind,
            Contact = contact.Name,
            ContactEnd = Instant.At(contact.End),
        };
    }

    private static string Node(int place, Contact contact, IReadOnlyList<TrackedSatellite> fleet) =>
        place == INetwork.Ground ? contact.Station ?? GroundNode : $"{fleet[place].NoradId}";

    private static List<string> Route(List<PlannedTransfer> legs) => legs.SelectMany(leg => new[] { leg.From, leg.To }).Distinct().ToList();
}
