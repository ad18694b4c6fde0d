using Orrery.Planning.Routing.Contacts;

namespace Orrery.Planning.Tests.Routing;

/// <summary>The plain way to the greatest flow: a copy of each node for each second, and one shortest augmenting path after the other.</summary>
internal static class SecondBySecond
{
    private const int Last = 2 * RandomGraphs.Seconds;

    /// <summary>The first whole second by which a volume can have arrived; null when it never does.</summary>
    public static int? First(ContactGraph graph, int from, int to, int ready, double mb)
    {
        for (var end = ready; end <= Last; end++)
        {
            if (Volume(graph, from, to, ready, end) >= mb - 1e-7)
                return end;
        }

        return null;
    }

    /// <summary>The most that can have arrived by a time, MB.</summary>
    public static double Volume(ContactGraph graph, int from, int to, int ready, double end)
    {
        var left = new Dictionary<((int Node, int Second) From, (int Node, int Second) To), double>();
        for (var second = ready; second < end; second++)
        {
            for (var contact = 0; contact < graph.Contacts.Count; contact++)
            {
                var arc = ((graph.Contacts[contact].From, second), (graph.Contacts[contact].To, second));
                left[arc] = left.GetValueOrDefault(arc) + (RandomGraphs.Rate(graph, contact, second) * Math.Min(1, end - second));
            }

            for (var node = 0; node < graph.Nodes; node++)
                left[((node, second), (node, second + 1))] = 1e9;
        }

        var (sent, sink) = (0.0, (to, Math.Max(ready, (int)Math.Ceiling(end) - 1)));
        while (Path(left, (from, ready), sink) is { Count: > 0 } path)
        {
            var amount = path.Min(arc => left[arc]);
            foreach (var arc in path)
            {
                left[arc] -= amount;
                left[(arc.To, arc.From)] = left.GetValueOrDefault((arc.To, arc.From)) + amount;
            }

            sent += amount;
        }

        return sent;
    }

    private static List<((int Node, int Second) From, (int Node, int Second) To)> Path(
        Dictionary<((int Node, int Second) From, (int Node, int Second) To), double> left, (int, int) source, (int, int) sink)
    {
        var outgoing = left.Where(arc => arc.Value > 1e-9).ToLookup(arc => arc.Key.From, arc => arc.Key.To);
        var before = new Dictionary<(int, int), (int, int)> { [source] = source };
        var queue = new Queue<(int, int)>([source]);
        while (queue.TryDequeue(out var node) && node != sink)
        {
            foreach (var next in outgoing[node].Where(next => before.TryAdd(next, node)))
                queue.Enqueue(next);
        }

        var path = new List<((int, int), (int, int))>();
        for (var node = sink; node != source && before.TryGetValue(node, out var previous); node = previous)
            path.Add((previous, node));
        return path;
    }
}
