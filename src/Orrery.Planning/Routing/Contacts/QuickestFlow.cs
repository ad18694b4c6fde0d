namespace Orrery.Planning.Routing.Contacts;

/// <summary>The earliest time by which a volume that may be divided at will can all be at its destination, over any ways, hops and passes.</summary>
/// <remarks>
/// Exact for rates that are constant between changes and for data that flows on as it comes in; delays (milliseconds of light) are left out
/// of the flow and stated. The volume that can arrive by a time T is the least cut of the time-expanded network, a concave function of T within an
/// interval: Newton's method on its cuts, from below, ends at the least T in finitely many steps.
/// L. R. Ford and D. R. Fulkerson, Flows in Networks, 1962 (flows over time); T. Radzik, Newton's method for fractional combinatorial
/// optimization, 1992.
/// </remarks>
internal static class QuickestFlow
{
    /// <summary>MB that may be missing.</summary>
    private const double VolumeTolerance = 1e-6;

    /// <summary>The flow; null when the volume never arrives.</summary>
    /// <param name="graph">The contacts with what is booked of them.</param>
    /// <param name="from">Node that has the volume.</param>
    /// <param name="to">Node that wants it.</param>
    /// <param name="ready">Seconds since 1970.</param>
    /// <param name="mb">MB, not negative.</param>
    public static FlowPlan? Find(ContactGraph graph, int from, int to, double ready, double mb)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mb);
        if (from == to || mb <= VolumeTolerance)
            return new(ready, [], 0);
        var expansion = new TimeExpansion(graph, ready);
        if (LastInterval(expansion, from, to, mb) is not { } last)
            return null;
        var end = expansion.Start(last);
        while (true)
        {
            var (network, arcs) = expansion.Until(last, end);
            var sent = network.Send(expansion.Node(from, 0), expansion.Node(to, last), mb);
            if (mb - sent <= VolumeTolerance || end >= expansion.End(last))
                return Plan(graph, expansion, network, arcs, end);
            var growth = expansion.Rates(last)
                .Where(rate => network.IsReached(expansion.Node(graph.Contacts[rate.Contact].From, last))
                    && !network.IsReached(expansion.Node(graph.Contacts[rate.Contact].To, last)))
                .Sum(rate => rate.MbPerS);
            end = growth > 0 ? Math.Min(expansion.End(last), end + ((mb - sent) / growth)) : expansion.End(last);
        }
    }

    /// <summary>The first interval by whose end the volume can arrive: doubling, then halving; null when there is none.</summary>
    private static int? LastInterval(TimeExpansion expansion, int from, int to, double mb)
    {
        bool Suffices(int last) =>
            expansion.Until(last, expansion.End(last)).Network.Send(expansion.Node(from, 0), expansion.Node(to, last), mb) >= mb - VolumeTolerance;

        var (low, high) = (-1, 0);
        while (high < expansion.Intervals && !Suffices(high))
            (low, high) = (high, (2 * high) + 1);
        if (high >= expansion.Intervals)
        {
            high = expansion.Intervals - 1;
            if (high <= low || !Suffices(high))
                return null;
        }

        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (Suffices(middle))
                high = middle;
            else
                low = middle;
        }

        return high;
    }

    private static FlowPlan Plan(ContactGraph graph, TimeExpansion expansion, FlowNetwork network, List<ExpandedArc> arcs, double end)
    {
        var legs = new List<FlowLeg>();
        foreach (var arc in arcs)
        {
            var mb = network.Flow(arc.Arc);
            var (start, stop) = (expansion.Start(arc.Interval), Math.Min(end, expansion.End(arc.Interval)));
            if (mb <= VolumeTolerance / 1000)
                continue;
            var whole = graph.Contacts[arc.Contact].Rate.Single(piece => piece.Start <= start && piece.End >= stop).MbPerS * (stop - start);
            legs.Add(new(arc.Contact, start, stop, mb, Math.Min(1, mb / whole)));
        }

        var delay = legs.Select(leg => graph.Contacts[leg.Contact]).Distinct().GroupBy(contact => contact.From).Sum(group => group.Max(c => c.DelayS));
        return new(end, legs, delay);
    }
}
