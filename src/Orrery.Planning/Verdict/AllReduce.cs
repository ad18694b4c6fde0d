using Orrery.Planning.Routing;

namespace Orrery.Planning.Verdict;

/// <summary>Sums what all workers hold, so that all have the sum, over the links that there are.</summary>
/// <remarks>
/// Ring: Patarasuk and Yuan, J. Parallel Distrib. Comput. 69 (2009), bandwidth-optimal: 2(N−1) phases, in each of which
/// every worker sends 1/N to its successor. Tree: a binomial tree reduces to one worker and broadcasts from it,
/// 2⌈log₂ N⌉ phases of the whole or more. Each message goes the way on which it arrives first and waits for its contacts; that
/// messages may share a link is left out, so both are bounds from below.
/// </remarks>
internal static class AllReduce
{
    /// <summary>When the last worker has the sum; +∞ when never.</summary>
    /// <param name="network">The world.</param>
    /// <param name="order">The workers around the ring.</param>
    /// <param name="ready">When each has its part, by its place in the order.</param>
    /// <param name="mb">What each holds.</param>
    public static double Ring(INetwork network, IReadOnlyList<int> order, IReadOnlyList<double> ready, double mb)
    {
        var times = ready.ToArray();
        for (var phase = 0; phase < 2 * (order.Count - 1); phase++)
        {
            var next = new double[order.Count];
            for (var i = 0; i < order.Count; i++)
                next[(i + 1) % order.Count] = Arrival(network, order[i], order[(i + 1) % order.Count], times[i], mb / order.Count);
            for (var i = 0; i < order.Count; i++)
                times[i] = Math.Max(times[i], next[i]);
        }

        return times.Max();
    }

    /// <summary>The same by a binomial tree whose root is the first of the order.</summary>
    public static double Tree(INetwork network, IReadOnlyList<int> order, IReadOnlyList<double> ready, double mb)
    {
        var times = ready.ToArray();
        var stride = 1;
        for (; stride < order.Count; stride *= 2)
        {
            for (var parent = 0; parent + stride < order.Count; parent += 2 * stride)
                times[parent] = Math.Max(times[parent], Arrival(network, order[parent + stride], order[parent], times[parent + stride], mb));
        }

        for (stride /= 2; stride >= 1; stride /= 2)
        {
            for (var parent = 0; parent + stride < order.Count; parent += 2 * stride)
                times[parent + stride] = Arrival(network, order[parent], order[parent + stride], times[parent], mb);
        }

        return times.Max();
    }

    private static double Arrival(INetwork network, int from, int to, double ready, double mb) =>
        double.IsPositiveInfinity(ready) ? ready : network.Route(from, to, ready, mb)?.Arrival ?? double.PositiveInfinity;
}
