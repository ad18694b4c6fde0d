using Orrery.Planning.Verification;

namespace Orrery.Planning.Tests.Plans;

public sealed class ClassTests
{
    [Theory]
    [InlineData(WorkloadClass.DataParallel)]
    [InlineData(WorkloadClass.Federated)]
    [InlineData(WorkloadClass.SplitLearning)]
    public void Plans_of_random_workloads_are_sound(WorkloadClass workloadClass)
    {
        var feasible = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var input = ClassSpecs.Random(workloadClass, seed, satellites: 2 + (seed % 5), stations: 1 + (seed % 3));
            var plan = TestFleet.Plan(input);
            feasible += plan.Feasible ? 1 : 0;
            if (!plan.Feasible)
                plan.Reasons.ShouldNotBeEmpty();
            TestFleet.Plan(input).Fingerprint.ShouldBe(plan.Fingerprint, "the same input gives the same plan");
        }

        feasible.ShouldBeGreaterThan(25);
    }

    [Theory]
    [InlineData(WorkloadClass.DataParallel)]
    [InlineData(WorkloadClass.Federated)]
    [InlineData(WorkloadClass.SplitLearning)]
    public void What_is_left_after_some_stages_have_ended_is_planned_again_and_sound(WorkloadClass workloadClass)
    {
        var planned = 0;
        for (var seed = 100; seed < 125; seed++)
        {
            var input = ClassSpecs.Random(workloadClass, seed, satellites: 5, stations: 3);
            var plan = TestFleet.Plan(input);
            if (!plan.Feasible)
                continue;
            var ended = plan.Stages.OrderBy(stage => stage.End).Take(1 + (seed % plan.Stages.Count)).ToList();
            var failed = plan.Stages.Where(stage => !ended.Contains(stage)).OrderBy(stage => stage.Start).FirstOrDefault();
            var again = input with
            {
                Previous = plan,
                NotBefore = seed % 2 == 0 ? ended[^1].End.AddMinutes(1) : ended[^1].Start, // or the last of them is under way
                Finished = [.. ended.Select(stage => new FinishedStage(stage.Index, stage.SatelliteId?.ToString(), stage.End))],
                AvoidByStage = failed?.SatelliteId is { } bad && workloadClass != WorkloadClass.SplitLearning
                    ? new Dictionary<int, IReadOnlySet<int>> { [failed.Index] = new HashSet<int> { bad } }
                    : new Dictionary<int, IReadOnlySet<int>>(),
            };
            var next = TestFleet.Plan(again);
            planned += next.Feasible ? 1 : 0;
        }

        planned.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Shards_are_as_large_as_suits_their_satellites()
    {
        var fleet = TestFleet.Of(TestFleet.Documented);
        var slow = fleet.Satellites[0].Elements.NoradId;
        var input = new PlanningInput
        {
            Fleet = fleet with { Satellites = [.. fleet.Satellites.Select(one => one.Elements.NoradId == slow ? one with { Bus = one.Bus with { TflopsSun = one.Bus.TflopsSun / 4, TflopsUmbra = one.Bus.TflopsUmbra / 4 } } : one)] },
            Spec = new() { Class = WorkloadClass.DataParallel, StartAt = TestFleet.Epoch, Shards = 3, Batches = 36, Layers = [new("a", 30, 0)] },
        };
        var plan = TestFleet.Plan(input);
        plan.Feasible.ShouldBeTrue();
        var parts = plan.Stages.Where(stage => stage.Role == "shard").ToDictionary(stage => stage.SatelliteId!.Value, stage => stage.Parts);
        parts.Values.Sum().ShouldBe(36);
        parts[slow].ShouldBeLessThan(6);
        plan.GapFraction.ShouldBe(0);
        plan.Stages[^1].Role.ShouldBe("combine");
        plan.Price.Ocu.ShouldBe(450, "the ground is free");
    }

    [Fact]
    public void A_federated_round_has_the_clients_whose_updates_come_first_and_the_next_waits_for_its_model()
    {
        var input = new PlanningInput
        {
            Fleet = TestFleet.Of([.. Orbits.BundledFleet.Satellites.Select(satellite => satellite.Elements.NoradId)]),
            Spec = new()
            {
                Class = WorkloadClass.Federated,
                StartAt = TestFleet.Epoch,
                Rounds = 2,
                MinParticipants = 3,
                NamesSatellites = true,
                Batches = 6,
                Layers = [new("a", 10, 1, 40)],
                Horizon = TimeSpan.FromHours(24),
            },
        };
        var plan = TestFleet.Plan(input);
        plan.Feasible.ShouldBeTrue();
        plan.Stages.Select(stage => (stage.Round, stage.Role)).ShouldBe(
            [(0, "client"), (0, "client"), (0, "client"), (0, "aggregate"), (1, "client"), (1, "client"), (1, "client"), (1, "aggregate")]);
        plan.Stages.Where(stage => stage.Role == "client").ShouldAllBe(stage => stage.ActivationOutMb == 10);
        plan.Transfers.Where(leg => leg.FromStage == 3).ShouldNotBeEmpty();
        plan.Transfers.Where(leg => leg.FromStage == 3).ShouldAllBe(leg => leg.Start >= plan.Stages[3].End && leg.Kind == TransferKind.Uplink);
        plan.Notes.ShouldContain(note => note.Contains("10 MB (int8"));
    }

    [Fact]
    public void A_split_keeps_the_head_with_the_data_and_chooses_cut_and_place_of_the_tail()
    {
        var owner = TestFleet.Documented[0];
        var spec = new WorkSpec
        {
            Class = WorkloadClass.SplitLearning,
            StartAt = TestFleet.Epoch,
            Steps = 2,
            Owner = owner,
            Batches = 4,
            Horizon = TimeSpan.FromHours(24),
            Layers = [new("wide", 1, 900), new("narrow", 1, 2), new("heavy", 200, 50)],
        };
        var plan = TestFleet.Plan(new() { Fleet = TestFleet.Of(TestFleet.Documented), Spec = spec });
        plan.Feasible.ShouldBeTrue();
        plan.Stages.Select(stage => stage.Role).ShouldBe(["head", "tail", "head", "head", "tail", "head"]);
        plan.Stages.Where(stage => stage.Role == "head").ShouldAllBe(stage => stage.SatelliteId == owner);
        plan.Stages[1].Location.ShouldBe(StageLocation.Ground, "10 TFLOP/s there, half of one in orbit");
        plan.Stages[0].Layers.Select(layer => layer.Name).ShouldBe(["wide", "narrow"]);
        var cut = TestFleet.Plan(new() { Fleet = TestFleet.Of(TestFleet.Documented), Spec = spec with { CutAfter = "wide" } });
        cut.MakespanS.ShouldBeGreaterThanOrEqualTo(plan.MakespanS);
        cut.Stages[0].Layers.Count.ShouldBe(1);
    }

    [Fact]
    public void Too_few_satellites_and_a_missing_owner_are_told_with_numbers()
    {
        var fleet = TestFleet.Of(TestFleet.Documented);
        var few = TestFleet.Plan(new() { Fleet = fleet, Spec = new() { Class = WorkloadClass.DataParallel, StartAt = TestFleet.Epoch, Shards = 4, Batches = 4 } });
        few.Reasons.ShouldHaveSingleItem().Code.ShouldBe(ReasonCodes.TooFewSatellites);
        few.Reasons[0].Numbers["needed"].ShouldBe(4);
        var gone = TestFleet.Plan(new() { Fleet = fleet, Spec = new() { Class = WorkloadClass.SplitLearning, StartAt = TestFleet.Epoch, Owner = 1 } });
        gone.Reasons.ShouldHaveSingleItem().Code.ShouldBe(ReasonCodes.SourceUnavailable);
    }

    [Fact]
    public void Two_plans_that_are_both_booked_do_not_meet()
    {
        var input = ClassSpecs.Random(WorkloadClass.Federated, seed: 12, satellites: 5, stations: 3);
        var first = TestFleet.Plan(input);
        first.Feasible.ShouldBeTrue();
        var second = TestFleet.Plan(input with { Bookings = first.Bookings });
        second.Feasible.ShouldBeTrue();
        PlanVerifier.Verify(input with { Bookings = first.Bookings }, second).ShouldBeEmpty();
        second.MakespanS.ShouldBeGreaterThanOrEqualTo(first.MakespanS);
    }
}
