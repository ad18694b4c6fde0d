namespace Orrery.Planning.Routing.Contacts;

/// <summary>A network whose greatest flow from one node to another is sought.</summary>
/// <remarks>E. A. Dinic, Algorithm for solution of a problem of maximum flow in networks with power estimation, 1970.</remarks>
internal sealed class FlowNetwork
{
    private const double Smallest = 1e-9;

    private readonly List<(int To, double Residual)> arcs = [];
    private readonly List<int>[] outgoing;
    private readonly int[] level;
    private readonly int[] next;

    public FlowNetwork(int nodes)
    {
        outgoing = new List<int>[nodes];
        for (var i = 0; i < nodes; i++)
            outgoing[i] = [];
        (level, next) = (new int[nodes], new int[nodes]);
    }

    /// <summary>Adds an arc and gives its number; the number plus one is its way back.</summary>
    public int Add(int from, int to, double capacity)
    {
        outgoing[from].Add(arcs.Count);
        arcs.Add((to, capacity));
        outgoing[to].Add(arcs.Count);
        arcs.Add((from, 0));
        return arcs.Count - 2;
    }

    /// <summary>What flows over an arc.</summary>
    public double Flow(int arc) => arcs[arc + 1].Residual;

    /// <summary>Sends as much as goes, at most a limit, and gives how much.</summary>
    public double Send(int from, int to, double limit)
    {
        var sent = 0.0;
        while (limit - sent > Smallest && Layer(from, to))
        {
            Array.Clear(next);
            for (double more; limit - sent > Smallest && (more = Push(from, to, limit - sent)) > 0;)
                sent += more;
        }

        return sent;
    }

    /// <summary>Whether a node was still reached when the last <see cref="Send"/> ended: the source's side of a least cut.</summary>
    public bool IsReached(int node) => level[node] >= 0;

    private bool Layer(int from, int to)
    {
        Array.Fill(level, -1);
        level[from] = 0;
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var arc in outgoing[node])
            {
                var (head, residual) = arcs[arc];
                if (residual <= Smallest || level[head] >= 0)
                    continue;
                level[head] = level[node] + 1;
                queue.Enqueue(head);
            }
        }

        return level[to] >= 0;
    }

    /// <summary>One path along the layers, depth first with a stack of its own.</summary>
    private double Push(int from, int to, double limit)
    {
        var path = new List<int>();
        for (var node = from; node != to;)
        {
            if (Advance(node) is { } arc)
            {
                path.Add(arc);
                node = arcs[arc].To;
                continue;
            }

            if (path.Count == 0)
                return 0;
            level[node] = int.MaxValue;
            node = arcs[path[^1] ^ 1].To;
            path.RemoveAt(path.Count - 1);
        }

        var amount = path.Aggregate(limit, (least, arc) => Math.Min(least, arcs[arc].Residual));
        foreach (var arc in path)
        {
            arcs[arc] = (arcs[arc].To, arcs[arc].Residual - amount);
            arcs[arc ^ 1] = (arcs[arc ^ 1].To, arcs[arc ^ 1].Residual + amount);
        }

        return amount;
    }

    private int? Advance(int node)
    {
        for (; next[node] < outgoing[node].Count; next[node]++)
        {
            var arc = outgoing[node][next[node]];
            var (head, residual) = arcs[arc];
            if (residual > Smallest && level[head] == level[node] + 1)
                return arc;
        }

        return null;
    }
}
