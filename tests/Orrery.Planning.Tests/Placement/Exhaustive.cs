using Orrery.Planning.Placement;
using Orrery.Planning.Routing;

namespace Orrery.Planning.Tests.Placement;

/// <summary>Tries every cut, and every sequence of satellites.</summary>
internal static class Exhaustive
{
    public static double BestEnd(ChainProblem problem, INetwork network) =>
        Sequences(problem, []).Select(sequence => BestCut(problem, network, sequence)).DefaultIfEmpty(double.PositiveInfinity).Min();

    public static double BestCut(ChainProblem problem, INetwork network, IReadOnlyList<int> satellites) =>
        Cut(problem, network, satellites, 0, 0, problem.Source, problem.Start, problem.InputMb);

    private static double Cut(ChainProblem problem, INetwork network, IReadOnlyList<int> satellites, int stage, int held, int from, double ready, double mb)
    {
        if (stage == problem.Stages)
        {
            var end = held < problem.Pieces.Count ? null : network.Route(from, INetwork.Ground, ready, problem.OutputMb);
            return end is null || end.Arrival > problem.End ? double.PositiveInfinity : end.Arrival;
        }

        var best = double.PositiveInfinity;
        if (network.Route(from, satellites[stage], ready, mb) is not { } path)
            return best;
        for (var next = held + 1; next <= problem.Pieces.Count; next++)
        {
            var pieces = problem.Pieces.Skip(held).Take(next - held).ToList();
            if (pieces.Sum(piece => piece.ParamsMb) > network.MemoryMb(satellites[stage]))
                break;
            var end = network.Compute(satellites[stage]).Tflop.Finish(path.Arrival, pieces.Sum(piece => piece.Tflop));
            if (end <= problem.End)
                best = Math.Min(best, Cut(problem, network, satellites, stage + 1, next, satellites[stage], end, pieces[^1].ActivationMb));
        }

        return best;
    }

    private static IEnumerable<IReadOnlyList<int>> Sequences(ChainProblem problem, IReadOnlyList<int> prefix) => prefix.Count == problem.Stages
        ? [prefix]
        : problem.Candidates.Where(satellite => !prefix.Contains(satellite)).SelectMany(satellite => Sequences(problem, [.. prefix, satellite]));
}
