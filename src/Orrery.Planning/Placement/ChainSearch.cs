using Orrery.Planning.Routing;

namespace Orrery.Planning.Placement;

/// <summary>
/// Depth-first branch and bound over the sequences of satellites. A node holds the earliest ends of its stages for all cuts; its bound
/// adds the remaining work at the fastest rate and the next transfer at the fastest link.
/// </summary>
/// <remarks>
/// Exact for the earliest end when it ends within its budget of nodes. For <see cref="PlanObjective.MaxReliability"/> each sequence is
/// cut for its earliest end, and the sequences are compared by contacts, margin and end.
/// </remarks>
internal sealed class ChainSearch
{
    private const double Tolerance = 1e-6;

    private readonly ChainProblem problem;
    private readonly INetwork network;
    private readonly ChainSums sums;
    private readonly SearchBudget budget;
    private readonly int cost;
    private readonly double fastestRate;
    private readonly int[] path;
    private readonly CancellationToken cancellation;

    private long spent;
    private int[]? bestPath;
    private (int Contacts, double Margin, double End) best = (int.MaxValue, 0, double.PositiveInfinity);
    private double openBound = double.PositiveInfinity;

    private ChainSearch(ChainProblem problem, INetwork network, SearchBudget budget, CancellationToken cancellation)
    {
        (this.problem, this.network, this.budget, this.cancellation) = (problem, network, budget, cancellation);
        sums = new ChainSums(problem.Pieces);
        path = new int[problem.Stages];
        cost = SearchBudget.CostOf(problem);
        fastestRate = problem.Candidates.Select(network.FullRate).DefaultIfEmpty(0).Max();
    }

    /// <summary>The best placement, or null when there is none before the problem's end.</summary>
    public static ChainSolution? Best(ChainProblem problem, INetwork network, SearchBudget budget, CancellationToken cancellation)
    {
        var search = new ChainSearch(problem, network, budget, cancellation);
        search.Extend(0, problem.Source, StageStep.Before(problem, search.sums), 0);
        if (search.bestPath is not null)
            return search.Solution();
        budget.HasGivenUp |= search.IsOver;
        return null;
    }

    private void Extend(int stage, int from, double[] ends, int shared)
    {
        if (stage == problem.Stages)
        {
            Close(from, ends[sums.Count]);
            return;
        }

        foreach (var child in Children(stage, from, ends, shared).OrderBy(child => child.Bound))
        {
            if (!Promising(child.Bound))
            {
                LeaveOpen(child.Bound);
                break;
            }

            if (IsOver)
            {
                openBound = Math.Min(openBound, child.Bound);
                break;
            }

            path[stage] = child.Satellite;
            Extend(stage + 1, child.Satellite, child.Ends, shared + (child.Shared ? 1 : 0));
        }
    }

    private List<Child> Children(int stage, int from, double[] ends, int shared)
    {
        cancellation.ThrowIfCancellationRequested();
        var children = new List<Child>(problem.Candidates.Count);
        foreach (var satellite in problem.Candidates)
        {
            var again = problem.Used.Contains(satellite) || Array.IndexOf(path, satellite, 0, stage) >= 0;
            if (!problem.Allowed(stage, satellite) || (again && shared >= problem.MaxShared))
                continue;
            spent += cost;
            var arrivals = StageStep.Arrivals(problem, sums, network, stage, from, satellite, ends);
            var next = StageStep.Ends(problem, sums, network, stage, satellite, arrivals);
            var bound = Bound(stage + 1, next);
            if (Promising(bound))
                children.Add(new(satellite, next, bound, again));
            else
                LeaveOpen(bound);
        }

        return children;
    }

    /// <summary>With nothing found a search goes on for longer, but not for ever.</summary>
    private bool IsOver => spent > (bestPath is null ? budget.WithoutAny(problem, cost) : budget.Work);

    private bool Promising(double bound) => double.IsFinite(bound) && bound <= problem.End
        && (problem.Objective == PlanObjective.MaxReliability || bound < best.End - Tolerance - Slack);

    /// <summary>By how much a better end must be earlier to be looked for, seconds.</summary>
    private double Slack => double.IsFinite(best.End) ? problem.Tolerance * (best.End - problem.Start) : 0;

    /// <summary>What is left out although it might be better by a little.</summary>
    private void LeaveOpen(double bound)
    {
        if (problem.Tolerance > 0 && problem.Objective != PlanObjective.MaxReliability && bound < best.End - Tolerance)
            openBound = Math.Min(openBound, bound);
    }

    private double Bound(int placed, double[] ends)
    {
        var bound = double.PositiveInfinity;
        var left = problem.Stages - placed;
        for (var j = placed; j <= sums.Count; j++)
        {
            if (!double.IsFinite(ends[j]))
                continue;
            var compute = problem.DurationS is { } duration ? left * duration : fastestRate > 0 ? (sums.Work[^1] - sums.Work[j]) / fastestRate : 0;
            var mb = problem.OutputMb + (left > 0 && problem.MaxShared == 0 ? sums.Activation[j] : 0);
            bound = Math.Min(bound, ends[j] + compute + (mb / problem.FastestLinkMbS));
        }

        return bound;
    }

    private void Close(int last, double end)
    {
        var arrival = network.Arrival(last, INetwork.Ground, end, problem.OutputMb);
        if (arrival > problem.End)
            return;
        var value = problem.Objective == PlanObjective.MaxReliability ? Reliability(arrival) : (0, 0, arrival);
        if (bestPath is not null && value.CompareTo(best) >= 0)
            return;
        best = value;
        bestPath = (int[])path.Clone();
    }

    private (int Contacts, double Margin, double End) Reliability(double end)
    {
        var paths = ChainTrace.Of(problem, network, path).Transfers;
        return (paths.Sum(route => route.Contacts), -paths.Select(route => route.Margin).DefaultIfEmpty(double.PositiveInfinity).Min(), end);
    }

    private ChainSolution Solution()
    {
        var trace = ChainTrace.Of(problem, network, bestPath!);
        return new(bestPath!, trace.Cuts, best.End, double.IsPositiveInfinity(openBound), Math.Min(best.End, openBound));
    }

    private sealed record Child(int Satellite, double[] Ends, double Bound, bool Shared);
}
