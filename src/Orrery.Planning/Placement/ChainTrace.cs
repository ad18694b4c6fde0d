using Orrery.Planning.Routing;

namespace Orrery.Planning.Placement;

/// <summary>What happens on one sequence of satellites: the cuts, the stages' times and the transfers between them.</summary>
/// <param name="Cuts">By stage, the number of pieces that it and the stages before it hold.</param>
/// <param name="Times">By stage, when its input has arrived and when it ends, seconds since 1970.</param>
/// <param name="Transfers">The transfer to each stage, and the output's.</param>
internal sealed record ChainTrace(
    IReadOnlyList<int> Cuts, IReadOnlyList<(double Arrival, double End)> Times, IReadOnlyList<TransferPath> Transfers)
{
    /// <summary>When the output has arrived, seconds since 1970.</summary>
    public double End => Transfers[^1].Arrival;

    public static ChainTrace Of(ChainProblem problem, INetwork network, IReadOnlyList<int> satellites)
    {
        var sums = new ChainSums(problem.Pieces);
        var ends = StageStep.Before(problem, sums);
        var before = new double[problem.Stages][];
        var arrivals = new double[problem.Stages][];
        var after = new double[problem.Stages][];
        var best = new int[problem.Stages][];
        for (var stage = 0; stage < problem.Stages; stage++)
        {
            best[stage] = new int[sums.Count + 1];
            before[stage] = ends;
            arrivals[stage] = StageStep.Arrivals(problem, sums, network, stage, Place(problem, satellites, stage - 1), satellites[stage], ends);
            after[stage] = ends = StageStep.Ends(problem, sums, network, stage, satellites[stage], arrivals[stage], best[stage]);
        }

        var cuts = new int[problem.Stages];
        var times = new (double Arrival, double End)[problem.Stages];
        var transfers = new List<TransferPath>();
        for (int stage = problem.Stages - 1, j = sums.Count; stage >= 0; j = best[stage--][j])
        {
            var i = best[stage][j];
            cuts[stage] = j;
            times[stage] = (arrivals[stage][i], after[stage][j]);
            transfers.Add(network.Route(
                Place(problem, satellites, stage - 1), satellites[stage], before[stage][i], stage == 0 ? problem.InputMb : sums.Activation[i])!);
        }

        transfers.Reverse();
        var last = Place(problem, satellites, problem.Stages - 1);
        transfers.Add(network.Route(last, INetwork.Ground, problem.Stages == 0 ? problem.Start : times[^1].End, problem.OutputMb)!);
        return new(cuts, times, transfers);
    }

    /// <summary>The same satellites and cuts on another world; null when it has no way there before the problem's end.</summary>
    public static ChainTrace? Replay(ChainProblem problem, INetwork network, IReadOnlyList<int> satellites, IReadOnlyList<int> cuts)
    {
        var sums = new ChainSums(problem.Pieces);
        var times = new (double Arrival, double End)[problem.Stages];
        var transfers = new List<TransferPath>();
        var (ready, mb) = (problem.Start, problem.InputMb);
        for (var stage = 0; stage < problem.Stages; stage++)
        {
            if (network.Route(Place(problem, satellites, stage - 1), satellites[stage], ready, mb) is not { } path)
                return null;
            transfers.Add(path);
            var first = stage == 0 ? 0 : cuts[stage - 1];
            ready = StageStep.Finish(problem, sums, network, satellites[stage], path.Arrival, first, cuts[stage]);
            times[stage] = (path.Arrival, ready);
            mb = sums.Activation[cuts[stage]];
        }

        if (network.Route(Place(problem, satellites, problem.Stages - 1), INetwork.Ground, ready, problem.OutputMb) is not { } down || down.Arrival > problem.End)
            return null;
        return new(cuts, times, [.. transfers, down]);
    }

    private static int Place(ChainProblem problem, IReadOnlyList<int> satellites, int stage) => stage < 0 ? problem.Source : satellites[stage];
}
