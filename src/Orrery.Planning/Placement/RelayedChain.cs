using Orrery.Planning.Routing;

namespace Orrery.Planning.Placement;

/// <summary>A chain of a large fleet, found over direct ways, sent over whatever nodes make it end earlier.</summary>
internal static class RelayedChain
{
    /// <summary>Places of a stage that is alone that are tried, those first that look best.</summary>
    private const int MostPlaces = 8;

    /// <summary>The same cuts; the same satellites, or for one stage alone the one on which it ends first.</summary>
    /// <param name="problem">The chain.</param>
    /// <param name="network">Its world, with relays.</param>
    /// <param name="solution">Over direct ways.</param>
    /// <param name="trace">Of the solution.</param>
    public static (ChainTrace Trace, IReadOnlyList<int> Satellites)? Best(ChainProblem problem, INetwork network, ChainSolution solution, ChainTrace trace)
    {
        var best = Replay(problem, network, solution.Satellites, trace.Cuts);
        if (problem.Stages != 1)
            return best;
        var sums = new ChainSums(problem.Pieces);
        foreach (var (satellite, end) in problem.Candidates.Where(candidate => problem.Allowed(0, candidate) && problem.MaxShared == 0 && !problem.Used.Contains(candidate))
            .Select(candidate => (candidate, End: Estimate(problem, sums, network, candidate))).OrderBy(place => place.End).Take(MostPlaces))
        {
            if (end < (best?.Trace.End ?? solution.End) && sums.Memory[^1] <= network.MemoryMb(satellite)
                && Replay(problem, network, [satellite], trace.Cuts) is { } other && other.Trace.End < (best?.Trace.End ?? double.PositiveInfinity))
                best = other;
        }

        return best;
    }

    /// <summary>When the output of one stage alone would be there, seconds since 1970.</summary>
    private static double Estimate(ChainProblem problem, ChainSums sums, INetwork network, int satellite)
    {
        var arrival = network.Arrival(problem.Source, satellite, problem.Start, problem.InputMb);
        var end = double.IsFinite(arrival) ? StageStep.Finish(problem, sums, network, satellite, arrival, 0, sums.Count) : arrival;
        return double.IsFinite(end) ? network.Arrival(satellite, INetwork.Ground, end, problem.OutputMb) : end;
    }

    private static (ChainTrace Trace, IReadOnlyList<int> Satellites)? Replay(
        ChainProblem problem, INetwork network, IReadOnlyList<int> satellites, IReadOnlyList<int> cuts) =>
        ChainTrace.Replay(problem, network, satellites, cuts) is { } trace ? (trace, satellites) : null;
}
