using Orrery.Planning.Placement;

namespace Orrery.Planning.Verdict;

/// <summary>Seconds that no plan can beat: all work at the fastest rate, the smallest cuts at the fastest link, no waiting.</summary>
internal static class LowerBound
{
    /// <param name="problem">The chain.</param>
    /// <param name="fastestRate">TFLOP/s of the fastest satellite.</param>
    public static double Of(ChainProblem problem, double fastestRate)
    {
        if (problem.Stages == 0)
            return problem.OutputMb / problem.FastestLinkMbS;
        var compute = problem.DurationS is { } duration ? problem.Stages * duration : problem.Pieces.Sum(piece => piece.Tflop) / fastestRate;
        var fromGround = problem.Source < 0;
        var mb = problem.OutputMb + (fromGround || problem.MaxShared == 0 ? problem.InputMb : 0);
        if (problem.MaxShared == 0)
            mb += problem.Pieces.Take(problem.Pieces.Count - 1).Select(piece => piece.ActivationMb).Order().Take(problem.Stages - 1).Sum();
        return compute + (mb / problem.FastestLinkMbS);
    }
}
