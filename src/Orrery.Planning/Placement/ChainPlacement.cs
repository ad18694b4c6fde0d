using Orrery.Planning.Routing;

namespace Orrery.Planning.Placement;

/// <summary>Places a chain by its objective.</summary>
internal static class ChainPlacement
{
    /// <summary>
    /// The best placement, or null when there is none. In a re-plan as few satellites as possible run more than one stage; in a new plan none does.
    /// </summary>
    public static (ChainProblem Problem, ChainSolution Solution)? Best(
        ChainProblem problem, INetwork network, bool mayShare, SearchBudget budget, CancellationToken cancellation)
    {
        for (var shared = 0; shared <= (mayShare ? problem.Stages : 0); shared++)
        {
            foreach (var capped in Caps(problem with { MaxShared = shared }, network))
            {
                if (ChainSearch.Best(capped, network, budget, cancellation) is { } solution)
                    return (capped, solution);
            }
        }

        return null;
    }

    private static IEnumerable<ChainProblem> Caps(ChainProblem problem, INetwork network)
    {
        if (problem.Objective != PlanObjective.Balanced || problem.DurationS is not null || problem.Pieces.Count == problem.Stages)
            return [problem];
        var cap = BalancedCap.Of(problem, network);
        return double.IsPositiveInfinity(cap) ? [problem] : BalancedCap.Steps.Select(step => problem with { MaxStageS = cap * step });
    }
}
