namespace Orrery.Planning.Routing.Contacts;

/// <summary>The earliest arrival of a bundle that stays together: stored and forwarded whole over any number of hops, each over one pass or several.</summary>
/// <remarks>
/// Exact: data that is ready earlier is never sent later over the same link, so Dijkstra's algorithm on arrival times finds the least.
/// E. W. Dijkstra, A note on two problems in connexion with graphs, 1959.
/// </remarks>
internal sealed class EarliestArrival
{
    private readonly ILookup<int, LinkSupply> links;
    private readonly int nodes;

    public EarliestArrival(ContactGraph graph)
    {
        nodes = graph.Nodes;
        links = graph.Contacts
            .Select((contact, i) => (Contact: contact, Free: graph.Free(i)))
            .Where(c => c.Free.Count > 0 && c.Contact.From != c.Contact.To)
            .GroupBy(c => (c.Contact.From, c.Contact.To))
            .Select(group => new LinkSupply(group.Key.From, group.Key.To, [.. group.Select(c => c.Free)], group.Max(c => c.Contact.DelayS)))
            .ToLookup(link => link.From);
    }

    /// <summary>The way; null when the volume never arrives.</summary>
    /// <param name="from">Node that has the volume.</param>
    /// <param name="to">Node that wants it.</param>
    /// <param name="ready">Seconds since 1970.</param>
    /// <param name="mb">MB, not negative.</param>
    public BundleRoute? Route(int from, int to, double ready, double mb)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mb);
        if (from == to)
            return new(ready, []);
        var reached = new BundleHop?[nodes];
        var settled = new bool[nodes];
        var queue = new PriorityQueue<int, (double Time, int Node)>();
        queue.Enqueue(from, (ready, from));
        while (queue.TryDequeue(out var node, out var priority))
        {
            if (settled[node])
                continue;
            settled[node] = true;
            if (node == to)
                return Trace(reached, from, to);
            foreach (var link in links[node].Where(link => !settled[link.To]))
            {
                var sent = link.Finish(priority.Time, mb);
                var arrival = sent + link.DelayS;
                if (double.IsInfinity(arrival) || arrival >= (reached[link.To]?.Arrival ?? double.PositiveInfinity))
                    continue;
                reached[link.To] = new(node, link.To, priority.Time, sent, arrival);
                queue.Enqueue(link.To, (arrival, link.To));
            }
        }

        return null;
    }

    private static BundleRoute Trace(BundleHop?[] reached, int from, int to)
    {
        var hops = new List<BundleHop>();
        for (var node = to; node != from; node = reached[node]!.Value.From)
            hops.Add(reached[node]!.Value);
        hops.Reverse();
        return new(hops[^1].Arrival, hops);
    }
}
