using Orrery.Planning.Placement;

namespace Orrery.Planning.Verdict;

/// <summary>Seconds that no plan can beat: all work at the fastest rate, the smallest cuts at the fastest link, no waiting.</summary>
internal static class LowerBound
{
    /// <summary>Of a stage graph: its largest stage and what must cross the ground's links, at the fastest rates.</summary>
    public static double Of(Placement.Graphs.GraphProblem problem, PlanningOptions options)
    {
        var fastest = Math.Max(options.GroundTflops, problem.Input.Fleet.Satellites.Max(satellite => Math.Max(satellite.Bus.TflopsSun, satellite.Bus.TflopsUmbra)));
        var open = problem.Graph.Stages.Where(stage => problem.Finished(stage) is null).ToList();
        var link = ChainSetup.FastestLink(problem.Input.Fleet.Configuration);
        return open.Select(stage => (stage.DurationS ?? (stage.Parts > 0 && problem.Graph.Shared is not null ? 0 : stage.ComputeTflop / fastest)) + (problem.Graph.Shared is null ? stage.InputMb / link : 0)).DefaultIfEmpty(0).Max();
    }

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
