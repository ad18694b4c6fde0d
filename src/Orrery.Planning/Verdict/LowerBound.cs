using Orrery.Planning.Placement;
using Orrery.Planning.Routing;

namespace Orrery.Planning.Verdict;

/// <summary>Seconds that no plan can beat: all work at the fastest rate, the smallest cuts at the fastest link, no waiting.</summary>
internal static class LowerBound
{
    /// <summary>Of a stage graph: its longest path at the fastest rates, counting what must cross between orbit and ground.</summary>
    public static double Of(Placement.Graphs.GraphProblem problem, PlanningOptions options)
    {
        var fastest = Math.Max(options.GroundTflops, problem.Input.Fleet.Satellites.Max(satellite => Math.Max(satellite.Bus.TflopsSun, satellite.Bus.TflopsUmbra)));
        var orbit = problem.Input.Fleet.Satellites.Max(satellite => Math.Max(satellite.Bus.TflopsSun, satellite.Bus.TflopsUmbra));
        var link = ChainSetup.FastestLink(problem.Input.Fleet.Configuration);
        var stages = problem.Graph.Stages;
        var group = problem.Graph.Shared is null ? 0 : stages.Count(stage => stage.Group == stages[0].Group);
        var ends = new Dictionary<int, double>();
        foreach (var given in stages.Where(stage => problem.Finished(stage) is null))
        {
            var stage = group > 0 && given.Group == stages[0].Group ? problem.Graph.Shared!.Give(given, 1) with
            {
                ComputeTflop = problem.Graph.Shared.Tflop * problem.Graph.Shared.Parts / group,
                InputMb = problem.Graph.Shared.InputMb * problem.Graph.Shared.Parts / group,
            } : given;
            var ready = stage.Inputs.Where(ends.ContainsKey)
                .Select(input => ends[input] + (Crosses(stages[input], stage) && group == 0 ? stages[input].OutputMb / link : 0)).Append(Math.Max(0, stage.NotBefore - problem.Start)).Max();
            ends[stage.Index] = ready + (stage.InputMb / link) + (stage.DurationS ?? (stage.ComputeTflop / (stage.Eligible == StageLocation.Ground || stage.MayBeGround ? fastest : orbit)));
        }

        return ends.Values.DefaultIfEmpty(0).Max();
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

    /// <summary>Seconds from the start that no chain over these satellites can beat, whatever nodes its data goes over: it goes up in a contact and comes down in one.</summary>
    /// <param name="problem">The chain.</param>
    /// <param name="fastestRate">TFLOP/s of the fastest satellite.</param>
    /// <param name="network">Its world.</param>
    /// <param name="satellites">How many there are in it: any may hand data on.</param>
    public static double OfContacts(ChainProblem problem, double fastestRate, INetwork network, int satellites)
    {
        var all = Enumerable.Range(0, satellites);
        var up = problem.Source == INetwork.Ground && problem.InputMb > 0
            ? all.Min(satellite => network.Arrival(INetwork.Ground, satellite, problem.Start, problem.InputMb))
            : problem.Start;
        if (!double.IsFinite(up))
            return Of(problem, fastestRate);
        var computed = up + Of(problem with { InputMb = 0, OutputMb = 0 }, fastestRate);
        var down = problem.OutputMb > 0 ? all.Min(satellite => network.Arrival(satellite, INetwork.Ground, computed, problem.OutputMb)) : computed;
        return double.IsFinite(down) ? down - problem.Start : computed - problem.Start;
    }

    private static bool Crosses(Expansion.StageSpec from, Expansion.StageSpec to) =>
        (from.Eligible == StageLocation.Ground) != (to.Eligible == StageLocation.Ground) || (from.Only is { } one && to.Except == one) || (to.Only is { } other && from.Except == other);
}
