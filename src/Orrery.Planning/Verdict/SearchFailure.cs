using Orrery.Planning.Placement;
using Orrery.Planning.Routing;

namespace Orrery.Planning.Verdict;

/// <summary>Why a search found nothing.</summary>
/// <param name="Code">One of <see cref="ReasonCodes"/>.</param>
/// <param name="Needed">Seconds, or MB for memory, that would be needed.</param>
/// <param name="Limit">Seconds that were searched, or MB that there are.</param>
internal sealed record SearchFailure(string Code, double Needed, double Limit)
{
    public static SearchFailure Memory(ChainProblem problem, INetwork network)
    {
        var largest = problem.Candidates.Select(network.MemoryMb).DefaultIfEmpty(0).Max();
        var piece = problem.Pieces.Max(item => item.ParamsMb);
        var average = problem.Pieces.Sum(item => item.ParamsMb) / problem.Stages;
        return new(ReasonCodes.MemoryExceeded, Math.Max(piece, average), largest);
    }
}
