namespace Orrery.Planning.Verification.Checks;

/// <summary>All data leaves its source, passes every node between, and arrives; and no node sends what it does not hold yet.</summary>
internal static class FlowCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan)
    {
        var flows = Flow.Of(plan).ToList();
        var legs = plan.PendingLegs.ToLookup(leg => (leg.FromStage, leg.ToStage));
        return
        [
            .. flows.SelectMany(flow => OfFlow(plan, flow, [.. legs[(flow.FromStage, flow.ToStage)]])),
            .. legs.Where(group => !flows.Exists(flow => (flow.FromStage, flow.ToStage) == group.Key))
                .Select(group => new PlanViolation(ViolationCodes.DataLost, $"{group.First().Text()} moves data that nobody needs.")),
        ];
    }

    private static IEnumerable<PlanViolation> OfFlow(PlanCase plan, Flow flow, List<PlannedTransfer> legs)
    {
        var net = legs.SelectMany(leg => new[] { (Node: leg.From, Mb: -leg.Mb), (Node: leg.To, leg.Mb) })
            .GroupBy(move => move.Node, (node, moves) => (Node: node, Mb: moves.Sum(move => move.Mb))).ToList();
        var sent = -net.Where(node => flow.IsSource(plan, node.Node)).Sum(node => node.Mb);
        var arrived = net.Where(node => flow.IsDestination(plan, node.Node)).Sum(node => node.Mb);
        if (!Tolerance.Equal(sent, flow.MovedMb))
            yield return new(ViolationCodes.DataLost, $"{flow.Text}: {sent} MB leave, {flow.MovedMb} should.");
        if (!Tolerance.Equal(arrived, flow.MovedMb))
            yield return new(ViolationCodes.DataLost, $"{flow.Text}: {arrived} MB arrive, {flow.MovedMb} should.");
        foreach (var (node, mb) in net.Where(node => !flow.IsSource(plan, node.Node) && !flow.IsDestination(plan, node.Node) && !Tolerance.Equal(node.Mb, 0)))
            yield return new(ViolationCodes.DataLost, $"{flow.Text}: {mb} MB stay at {node}.");
        foreach (var leg in legs.Where(leg => !Holds(plan, flow, legs, leg)))
            yield return new(ViolationCodes.SentBeforeHeld, $"{leg.Text()} sends {leg.Mb} MB from {leg.Start:O}, before {leg.From} has them.");
    }

    private static bool Holds(PlanCase plan, Flow flow, List<PlannedTransfer> legs, PlannedTransfer leg)
    {
        if (flow.IsSource(plan, leg.From))
            return leg.Start.SecondsTo(flow.Ready) <= Tolerance.OrderS;
        var arrived = legs.Where(other => other.To == leg.From && leg.Start.SecondsTo(other.End) <= Tolerance.OrderS).Sum(other => other.Mb);
        var sent = legs.Where(other => other.From == leg.From && other.Start <= leg.Start).Sum(other => other.Mb);
        return sent <= arrived + (Tolerance.Amount * Math.Max(1, arrived));
    }
}
