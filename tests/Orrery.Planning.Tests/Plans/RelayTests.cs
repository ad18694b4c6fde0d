namespace Orrery.Planning.Tests.Plans;

/// <summary>In fleets too large to look at every way for every place, the plan that is found is sent over the nodes that make it end earlier.</summary>
public sealed class RelayTests
{
    private const int Satellites = 24;

    /// <summary>All ways for all places.</summary>
    private static readonly PlanningOptions Whole = new() { MaxRelayFleet = Satellites };

    [Fact]
    public void Plans_of_every_class_are_sound_and_many_results_come_down_through_other_satellites()
    {
        var relayed = new HashSet<WorkloadClass>();
        foreach (var workloadClass in new[] { WorkloadClass.Single, WorkloadClass.ModelParallel, WorkloadClass.DataParallel, WorkloadClass.Federated, WorkloadClass.SplitLearning })
        {
            for (var seed = 0; seed < 3; seed++)
            {
                var plan = TestFleet.Plan(Input(workloadClass, seed));

                plan.Feasible.ShouldBeTrue();
                plan.LowerBoundS.ShouldBeLessThanOrEqualTo(plan.MakespanS);
                var crosslinks = plan.Transfers.Where(transfer => transfer.Kind == TransferKind.InterSatellite).Select(transfer => (transfer.FromStage, transfer.ToStage)).ToHashSet();
                if (plan.Transfers.Any(transfer => transfer.Kind == TransferKind.Downlink && crosslinks.Contains((transfer.FromStage, transfer.ToStage))))
                    relayed.Add(workloadClass);
            }
        }

        relayed.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void No_plan_of_a_search_over_all_ways_ends_before_the_proven_bound()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var input = Input(WorkloadClass.Single, seed);
            var plan = TestFleet.Plan(input);
            var best = TestFleet.Plan(input, Whole);

            best.MakespanS.ShouldBeLessThanOrEqualTo(plan.MakespanS + 1e-3);
            plan.MakespanS.ShouldBeLessThanOrEqualTo(best.MakespanS * 1.05, "and for one stage the plan is as good as that of the search over all ways");
            (plan.MakespanS * (1 - plan.GapFraction)).ShouldBeLessThanOrEqualTo(best.MakespanS + 1e-3, "the gap that it states is no smaller than the one there is");
        }
    }

    private static PlanningInput Input(WorkloadClass workloadClass, int seed)
    {
        var random = new Random(seed);
        var fleet = TestFleet.Of(25544);
        var iss = fleet.Satellites[0];
        var reachable = fleet.Stations.Where(station => Math.Abs(station.LatitudeDeg) < 50).ToList();
        var satellites = Enumerable.Range(0, Satellites).Select(i => iss with
        {
            Elements = iss.Elements with { NoradId = 90_000 + i, Name = $"S{i}", RaanDeg = 360 * random.NextDouble(), MeanAnomalyDeg = 360 * random.NextDouble() },
        }).ToList();
        return new()
        {
            Fleet = fleet with { Satellites = satellites, Stations = [reachable[seed % reachable.Count]] },
            Spec = new()
            {
                Class = workloadClass,
                StartAt = TestFleet.Epoch,
                Horizon = TimeSpan.FromHours(24),
                Stages = workloadClass == WorkloadClass.ModelParallel ? 3 : null,
                Layers = [.. Enumerable.Range(0, 3).Select(i => new ModelLayer($"l{i}", 20, 50))],
                OutputMb = 200,
                Batches = 8,
                Shards = 4,
                Rounds = 2,
                MinParticipants = 3,
                Steps = 2,
                Owner = 90_003,
            },
        };
    }
}
