using Orrery.Planning.Routing;

namespace Orrery.Planning.Placement;

/// <summary>The smallest possible largest stage of a chain, in seconds at the rate in sunlight, whatever the contacts.</summary>
internal static class BalancedCap
{
    /// <summary>Caps to try in turn when the contacts do not allow the smallest.</summary>
    public static readonly IReadOnlyList<double> Steps = [1, 1.1, 1.25, 1.5, 2, 3, double.PositiveInfinity];

    /// <summary>Seconds; +∞ when no partition fits in the memories.</summary>
    public static double Of(ChainProblem problem, INetwork network)
    {
        var sums = new ChainSums(problem.Pieces);
        var kinds = problem.Candidates.GroupBy(satellite => (Rate: network.FullRate(satellite), Memory: network.MemoryMb(satellite)))
            .Select(group => new Kind(group.Key.Rate, group.Key.Memory, group.Count())).Where(kind => kind.Rate > 0).OrderByDescending(kind => kind.Rate).ToList();
        var start = new double[sums.Count + 1];
        Array.Fill(start, double.PositiveInfinity);
        start[0] = 0;
        return Extend(problem.Stages, sums, kinds, [.. kinds.Select(kind => kind.Count)], start, 0, double.PositiveInfinity);
    }

    private static double Extend(int stages, ChainSums sums, List<Kind> kinds, int[] left, double[] largest, int stage, double best)
    {
        if (stage == stages)
            return Math.Min(best, largest[sums.Count]);
        for (var k = 0; k < kinds.Count; k++)
        {
            if (left[k] == 0)
                continue;
            var next = Step(stages, sums, kinds[k], largest, stage);
            if (next.Min() >= best)
                continue;
            left[k]--;
            best = Extend(stages, sums, kinds, left, next, stage + 1, best);
            left[k]++;
        }

        return best;
    }

    private static double[] Step(int stages, ChainSums sums, Kind kind, double[] largest, int stage)
    {
        var next = new double[sums.Count + 1];
        Array.Fill(next, double.PositiveInfinity);
        for (int j = stage + 1, low = stage; j <= sums.Count - (stages - stage - 1); j++)
        {
            low = sums.FirstFit(low, j, kind.Memory, double.PositiveInfinity);
            next[j] = LeastLargest(sums, kind.Rate, largest, low, j);
        }

        return next;
    }

    /// <summary>The least over the last cut of the larger of the stages before, which grows with the cut, and the last one, which falls.</summary>
    private static double LeastLargest(ChainSums sums, double rate, double[] largest, int low, int j)
    {
        int from = low, to = j - 1;
        if (from > to)
            return double.PositiveInfinity;
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (largest[middle] >= Last(middle))
                to = middle;
            else
                from = middle + 1;
        }

        var least = Math.Max(largest[from], Last(from));
        return from > low ? Math.Min(least, Math.Max(largest[from - 1], Last(from - 1))) : least;

        double Last(int cut) => (sums.Work[j] - sums.Work[cut]) / rate;
    }

    private sealed record Kind(double Rate, double Memory, int Count);
}
