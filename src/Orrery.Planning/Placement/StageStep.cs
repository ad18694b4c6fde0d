using Orrery.Planning.Routing;

namespace Orrery.Planning.Placement;

/// <summary>Extends a placement by one stage, for all cuts at once.</summary>
/// <remarks>
/// With G the satellite's cumulative profile, A(i) the arrival of what the first i pieces give and W(i) their work, a stage that holds
/// the pieces i+1 … j ends at G⁻¹(G(A(i)) + W(j) − W(i)); the best i is therefore the least G(A(i)) − W(i), a minimum over a sliding
/// window: linear in the number of pieces.
/// </remarks>
internal static class StageStep
{
    /// <summary>Earliest ends of the stage by the number of pieces that it and those before it hold; +∞ where there is none.</summary>
    /// <param name="problem">The chain.</param>
    /// <param name="sums">Its sums.</param>
    /// <param name="network">The world.</param>
    /// <param name="stage">The stage, from 0.</param>
    /// <param name="satellite">Who runs it.</param>
    /// <param name="arrivals">By i, when what the first i pieces give has arrived at the satellite.</param>
    /// <param name="bestCuts">Receives the best i by j; may be null.</param>
    public static double[] Ends(
        ChainProblem problem, ChainSums sums, INetwork network, int stage, int satellite, double[] arrivals, int[]? bestCuts = null)
    {
        var profile = network.Compute(satellite);
        var curve = problem.DurationS is null ? profile.Tflop : profile.Duty;
        var maxWork = problem.DurationS is null ? problem.MaxStageS * network.FullRate(satellite) : double.PositiveInfinity;
        var keys = new double[sums.Count + 1];
        for (var i = 0; i <= sums.Count; i++)
            keys[i] = double.IsPositiveInfinity(arrivals[i]) ? double.PositiveInfinity : curve.At(arrivals[i]) - (problem.DurationS is null ? sums.Work[i] : 0);
        var ends = new double[sums.Count + 1];
        Array.Fill(ends, double.PositiveInfinity);
        var window = new int[sums.Count + 1];
        int head = 0, tail = 0, low = stage;
        for (var j = stage + 1; j <= sums.Count - (problem.Stages - stage - 1); j++)
        {
            if (double.IsFinite(keys[j - 1]))
            {
                while (tail > head && keys[window[tail - 1]] > keys[j - 1])
                    tail--;
                window[tail++] = j - 1;
            }

            low = sums.FirstFit(low, j, network.MemoryMb(satellite), maxWork);
            while (head < tail && window[head] < low)
                head++;
            if (head == tail)
                continue;
            var i = window[head];
            var end = curve.Finish(arrivals[i], problem.DurationS ?? (sums.Work[j] - sums.Work[i]));
            ends[j] = end <= problem.End ? end : double.PositiveInfinity;
            if (bestCuts is not null)
                bestCuts[j] = i;
        }

        return ends;
    }

    /// <summary>When a stage of the pieces from one cut to another ends, seconds since 1970; +∞ when it never does.</summary>
    public static double Finish(ChainProblem problem, ChainSums sums, INetwork network, int satellite, double arrival, int first, int last)
    {
        var profile = network.Compute(satellite);
        return problem.DurationS is { } duration ? profile.Duty.Finish(arrival, duration) : profile.Tflop.Finish(arrival, sums.Work[last] - sums.Work[first]);
    }

    /// <summary>By i, when what the first i pieces give has arrived at the stage's satellite.</summary>
    public static double[] Arrivals(ChainProblem problem, ChainSums sums, INetwork network, int stage, int from, int to, double[] ends)
    {
        var arrivals = new double[sums.Count + 1];
        Array.Fill(arrivals, double.PositiveInfinity);
        for (var i = stage; i <= sums.Count - (problem.Stages - stage); i++)
        {
            if (double.IsFinite(ends[i]))
                arrivals[i] = network.Arrival(from, to, ends[i], stage == 0 ? problem.InputMb : sums.Activation[i]);
        }

        return arrivals;
    }

    /// <summary>The ends before the first stage: the input is there at the start.</summary>
    public static double[] Before(ChainProblem problem, ChainSums sums)
    {
        var ends = new double[sums.Count + 1];
        Array.Fill(ends, double.PositiveInfinity);
        ends[0] = problem.Start;
        return ends;
    }
}
