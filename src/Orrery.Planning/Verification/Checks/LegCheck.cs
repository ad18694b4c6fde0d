using System.Globalization;

namespace Orrery.Planning.Verification.Checks;

/// <summary>Each leg is of one piece: its kind, its place in the route, its contact, and their order.</summary>
internal static class LegCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan) =>
    [
        .. plan.PendingLegs.SelectMany(leg => OfLeg(plan, leg)),
        .. plan.PendingLegs.GroupBy(leg => (leg.FromStage, leg.ToStage)).SelectMany(OfOrder),
    ];

    private static IEnumerable<PlanViolation> OfLeg(PlanCase plan, PlannedTransfer leg)
    {
        if (plan.IsKnown(leg.From) && plan.IsKnown(leg.To) && leg.Kind != KindOf(plan, leg))
            yield return new(ViolationCodes.TransferKindWrong, $"{leg.Text()} is {KindOf(plan, leg)}, the plan says {leg.Kind}.");
        if (leg.From == leg.To || !leg.Route.Contains(leg.From) || !leg.Route.Contains(leg.To))
            yield return new(ViolationCodes.LegsOutOfOrder, $"{leg.Text()} is no part of its route {string.Join(", ", leg.Route)}.");
        if (leg.Start.SecondsTo(leg.SendEnd()) < -Tolerance.OrderS)
            yield return new(ViolationCodes.DelayWrong, $"{leg.Text()} takes {leg.Start.SecondsTo(leg.End)} s, less than its delay of {leg.DelayS} s.");
        if (leg.Kind == TransferKind.Terrestrial)
            yield break;
        if (leg.ContactEnd is not { } closes || closes.SecondsTo(leg.SendEnd()) > Tolerance.OrderS)
            yield return new(ViolationCodes.ContactWrong, $"{leg.Text()} sends until {leg.SendEnd():O}, its contact ends {leg.ContactEnd:O}.");
        if (leg.Contact.Split('@') is not [var ends, var opens] || !DateTimeOffset.TryParse(opens, CultureInfo.InvariantCulture, out var opening)
            || leg.Start.SecondsTo(opening) > Tolerance.OrderS || !(ends == $"{leg.From}-{leg.To}" || ends == $"{leg.To}-{leg.From}"))
        {
            yield return new(ViolationCodes.ContactWrong, $"{leg.Text()} starts {leg.Start:O}; its contact is {leg.Contact}.");
        }
    }

    private static IEnumerable<PlanViolation> OfOrder(IEnumerable<PlannedTransfer> transfer)
    {
        var legs = transfer.OrderBy(leg => leg.Leg).ToList();
        for (var i = 0; i < legs.Count; i++)
        {
            if (legs[i].Leg != i || (i > 0 && legs[i].Start < legs[i - 1].Start))
                yield return new(ViolationCodes.LegsOutOfOrder, $"{legs[i].Text()} is not in its place.");
        }
    }

    private static TransferKind KindOf(PlanCase plan, PlannedTransfer leg) => (plan.Station(leg.From), plan.Station(leg.To)) switch
    {
        (null, null) => TransferKind.InterSatellite,
        (null, _) => TransferKind.Downlink,
        (_, null) => TransferKind.Uplink,
        _ => TransferKind.Terrestrial,
    };
}
