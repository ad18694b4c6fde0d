using FsCheck;
using FsCheck.Fluent;
using Orrery.Planning.Placement;
using Orrery.Planning.Routing;

namespace Orrery.Planning.Tests.Placement;

public sealed class ChainSearchTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(150);

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();

    [Fact]
    public void The_cuts_of_a_sequence_are_the_best_of_all_cuts() => Prop.ForAll(Seeds, seed =>
    {
        var problem = Problem(seed, 3, 3, 9);
        var network = new SyntheticNetwork(seed, 3);
        var found = ChainSearch.Best(problem with { Allowed = (stage, satellite) => stage == satellite }, network, new SearchBudget(1000), default);

        Same(found, Exhaustive.BestCut(problem, network, [0, 1, 2]));
    }).Check(Config);

    [Fact]
    public void The_placement_is_the_best_of_all_placements() => Prop.ForAll(Seeds, seed =>
    {
        var problem = Problem(seed, 3, 5, 6);
        var network = new SyntheticNetwork(seed, 5);
        var found = ChainSearch.Best(problem, network, new SearchBudget(100_000), default);

        Same(found, Exhaustive.BestEnd(problem, network));
        (found?.Complete ?? true).ShouldBeTrue();
    }).Check(Config);

    [Fact]
    public void A_search_that_is_cut_off_bounds_what_it_missed() => Prop.ForAll(Seeds, seed =>
    {
        var problem = Problem(seed, 3, 5, 6);
        var network = new SyntheticNetwork(seed, 5);
        if (ChainSearch.Best(problem, network, new SearchBudget(1), default) is { } found)
            found.Bound.ShouldBeLessThanOrEqualTo(Exhaustive.BestEnd(problem, network) + 1e-5);
    }).Check(Config);

    [Fact]
    public void A_search_that_finds_nothing_ends_and_says_so()
    {
        const int Many = 24;
        var budget = new SearchBudget(100);
        var problem = Problem(7, Many, Many, Many) with
        {
            Pieces = [.. Enumerable.Repeat(new PieceWork(0.01, 0, 0), Many)],
            Allowed = (stage, _) => stage < Many - 1, // which no bound foresees
        };
        ChainSearch.Best(problem, new SyntheticNetwork(7, Many), budget, TestContext.Current.CancellationToken).ShouldBeNull();
        budget.HasGivenUp.ShouldBeTrue("24! orders are more than anybody waits for");
    }

    [Fact]
    public void A_balanced_chain_has_the_smallest_largest_stage() => Prop.ForAll(Seeds, seed =>
    {
        var problem = Problem(seed, 3, 3, 8);
        var network = new SyntheticNetwork(seed, 3);
        var cap = BalancedCap.Of(problem, network);

        var largest = LargestStage(problem, network);
        (largest.Equals(cap) || Math.Abs(largest - cap) < 1e-6).ShouldBeTrue($"{largest} against {cap}");
    }).Check(Config);

    private static void Same(ChainSolution? found, double best)
    {
        if (found is null)
            best.ShouldBe(double.PositiveInfinity);
        else
            found.End.ShouldBe(best, 1e-5);
    }

    private static double LargestStage(ChainProblem problem, SyntheticNetwork network)
    {
        var best = double.PositiveInfinity;
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (var order in orders)
        {
            for (var first = 1; first < problem.Pieces.Count - 1; first++)
            {
                for (var second = first + 1; second < problem.Pieces.Count; second++)
                {
                    PieceWork[][] parts = [[.. problem.Pieces.Take(first)], [.. problem.Pieces.Skip(first).Take(second - first)], [.. problem.Pieces.Skip(second)]];
                    if (parts.Index().All(part => part.Item.Sum(piece => piece.ParamsMb) <= network.MemoryMb(order[part.Index])))
                        best = Math.Min(best, parts.Max(part => part.Sum(piece => piece.Tflop)));
                }
            }
        }

        return best;
    }

    private static ChainProblem Problem(int seed, int stages, int satellites, int pieces)
    {
        var random = new Random(seed + 7);
        return new()
        {
            Stages = stages,
            Pieces = [.. Enumerable.Range(0, pieces).Select(_ => new PieceWork(1 + random.Next(200), random.Next(30), random.Next(4)))],
            Start = random.NextDouble() * 500,
            End = SyntheticNetwork.End,
            Source = INetwork.Ground,
            InputMb = random.Next(2) * random.NextDouble() * 20,
            OutputMb = random.Next(2) * random.NextDouble() * 20,
            Candidates = [.. Enumerable.Range(0, satellites)],
            Allowed = (_, _) => true,
            Used = new HashSet<int>(),
            FastestLinkMbS = 5,
        };
    }
}
