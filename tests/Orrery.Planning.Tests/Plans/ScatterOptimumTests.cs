namespace Orrery.Planning.Tests.Plans;

public sealed class ScatterOptimumTests
{
    private const double Allowed = 1.05;

    [Fact]
    public void Shards_end_within_a_twentieth_of_the_best_of_all_ways_and_never_before_the_bound()
    {
        var (compared, exact) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var input = ClassSpecs.Random(WorkloadClass.DataParallel, 1000 + seed, satellites: 3 + (seed % 2), stations: 1 + (seed % 2));
            var shards = 2 + (seed % 2);
            input = input with { Spec = input.Spec with { Shards = shards, Batches = shards + (seed % 3), Layers = [new("a", 5 + (seed % 50), 0)], Training = false } };
            var spec = input.Spec;
            var best = ExhaustiveScatter.Best(input, new(), shards, spec.Batches, spec.Layers[0].ComputeTflop, spec.InputMb / spec.Batches, spec.OutputMb / spec.Batches);
            Compare(input, best, ref compared, ref exact);
        }

        compared.ShouldBeGreaterThan(30);
        exact.ShouldBeGreaterThan(compared / 2);
    }

    [Fact]
    public void Clients_of_a_round_end_within_a_twentieth_of_the_best_of_all_ways()
    {
        var (compared, exact) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var input = ClassSpecs.Random(WorkloadClass.Federated, 2000 + seed, satellites: 3 + (seed % 2), stations: 1 + (seed % 2));
            var clients = 2 + (seed % 2);
            input = input with { Spec = input.Spec with { Rounds = 1, MinParticipants = clients, Layers = [new("a", 5 + (seed % 50), 0, 40 * (1 + (seed % 40)))] } };
            var spec = input.Spec;
            var parameters = spec.Layers[0].ParamsMb;
            var best = ExhaustiveScatter.Best(
                input, new(), clients, clients, spec.Layers[0].ComputeTflop * 3 * spec.Batches / clients, parameters, parameters * new PlanningOptions().UpdateFraction);
            Compare(input, best, ref compared, ref exact);
        }

        compared.ShouldBeGreaterThan(30);
        exact.ShouldBeGreaterThan(compared / 2);
    }

    private static void Compare(PlanningInput input, double best, ref int compared, ref int exact)
    {
        var plan = TestFleet.Plan(input);
        var seconds = best - Planning.Timeline.Instant.Of(input.Spec.StartAt);
        plan.Feasible.ShouldBe(seconds <= input.Spec.Horizon.TotalSeconds, $"the best of all ways takes {seconds} s");
        if (!plan.Feasible)
            return;
        plan.MakespanS.ShouldBeLessThanOrEqualTo((seconds * Allowed) + 0.1);
        plan.LowerBoundS.ShouldBeLessThanOrEqualTo(seconds + 0.1, "no plan beats its lower bound");
        compared++;
        exact += plan.MakespanS <= seconds + 0.1 ? 1 : 0;
    }
}
