namespace Orrery.Planning.Routing.Contacts;

/// <summary>A contact graph from a time on, cut where rates change: a copy of each node for each interval, contacts within one, storage from one to the next.</summary>
internal sealed class TimeExpansion
{
    private readonly ContactGraph graph;
    private readonly double[] times;
    private readonly List<(int Contact, double MbPerS)>[] rates;

    public TimeExpansion(ContactGraph graph, double ready)
    {
        this.graph = graph;
        times = [ready, .. graph.Changes(ready)];
        rates = new List<(int, double)>[Math.Max(0, times.Length - 1)];
        for (var i = 0; i < rates.Length; i++)
            rates[i] = [];
        for (var contact = 0; contact < graph.Contacts.Count; contact++)
        {
            foreach (var piece in graph.Free(contact).Where(piece => piece.End > ready))
            {
                var end = Array.BinarySearch(times, piece.End);
                for (var i = piece.Start <= ready ? 0 : Array.BinarySearch(times, piece.Start); i < end; i++)
                    rates[i].Add((contact, piece.MbPerS));
            }
        }
    }

    /// <summary>Intervals between changes of a rate.</summary>
    public int Intervals => rates.Length;

    /// <summary>Seconds since 1970.</summary>
    public double Start(int interval) => times[interval];

    /// <summary>Seconds since 1970.</summary>
    public double End(int interval) => times[interval + 1];

    public int Node(int node, int interval) => (interval * graph.Nodes) + node;

    public IReadOnlyList<(int Contact, double MbPerS)> Rates(int interval) => rates[interval];

    /// <summary>The network up to a time.</summary>
    /// <param name="last">The interval that holds the time.</param>
    /// <param name="end">Seconds since 1970, within the interval.</param>
    public (FlowNetwork Network, List<ExpandedArc> Arcs) Until(int last, double end)
    {
        var network = new FlowNetwork((last + 1) * graph.Nodes);
        var arcs = new List<ExpandedArc>();
        for (var i = 0; i <= last; i++)
        {
            var seconds = Math.Min(end, End(i)) - Start(i);
            foreach (var (contact, rate) in rates[i])
            {
                var (from, to) = (graph.Contacts[contact].From, graph.Contacts[contact].To);
                arcs.Add(new(network.Add(Node(from, i), Node(to, i), rate * seconds), contact, i, rate * seconds));
            }

            for (var node = 0; node < graph.Nodes && i < last; node++)
                network.Add(Node(node, i), Node(node, i + 1), double.PositiveInfinity);
        }

        return (network, arcs);
    }
}

/// <summary>A contact in an interval.</summary>
/// <param name="Arc">Number of its arc in the network.</param>
/// <param name="Contact">Index of the contact.</param>
/// <param name="Interval">Index of the interval.</param>
/// <param name="Mb">What it can carry.</param>
internal readonly record struct ExpandedArc(int Arc, int Contact, int Interval, double Mb);
