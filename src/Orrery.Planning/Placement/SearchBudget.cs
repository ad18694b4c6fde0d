namespace Orrery.Planning.Placement;

/// <summary>How much a plan's searches may look at.</summary>
/// <param name="work">Partial placements of a model of few pieces, in a search that has found something.</param>
internal sealed class SearchBudget(long work)
{
    private const int PiecesPerUnit = 64;
    private const int Longer = 2;

    public long Work => work;

    /// <summary>Some search ended without having found anything and without having looked at everything.</summary>
    public bool HasGivenUp { get; set; }

    /// <summary>Of one partial placement: all cuts of it are looked at at once.</summary>
    public static int CostOf(ChainProblem problem) => 1 + (problem.Pieces.Count / PiecesPerUnit);

    /// <summary>Of a search that has found nothing yet: enough for some ways down to the last stage.</summary>
    public long WithoutAny(ChainProblem problem, int cost) => Longer * Math.Max(work, (long)cost * problem.Stages * problem.Candidates.Count);
}
