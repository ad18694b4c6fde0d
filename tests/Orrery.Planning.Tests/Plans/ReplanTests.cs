namespace Orrery.Planning.Tests.Plans;

public sealed class ReplanTests
{
    [Fact]
    public void Finished_stages_stay_and_the_rest_keeps_its_partition_and_avoids_the_failing_satellite()
    {
        var input = TestFleet.DocumentedInput(TestFleet.Epoch);
        var first = TestFleet.Plan(input);
        var done = first.Stages[0];
        var failing = first.Stages[1].SatelliteId!.Value;
        var again = TestFleet.Plan(input with
        {
            Previous = first,
            Finished = [new(0, $"{done.SatelliteId}", done.End)],
            NotBefore = done.End.AddMinutes(1),
            AvoidByStage = new Dictionary<int, IReadOnlySet<int>> { [1] = new HashSet<int> { failing } },
        });

        again.Feasible.ShouldBeTrue();
        again.Stages[0].SatelliteId.ShouldBe(done.SatelliteId);
        again.Stages[0].End.ShouldBe(done.End);
        again.Stages[1].SatelliteId.ShouldBe(first.Stages[2].SatelliteId);
        again.Stages[2].SatelliteId.ShouldBe(failing);
        again.Stages.Select(stage => stage.ComputeTflop).ShouldBe(first.Stages.Select(stage => stage.ComputeTflop));
        again.Stages[1].Start.ShouldBeGreaterThanOrEqualTo(done.End.AddMinutes(1));
        again.Notes.ShouldNotContain(note => note.Contains("runs stages"));
    }

    [Fact]
    public void Satellites_are_shared_only_when_no_other_is_left()
    {
        var input = TestFleet.DocumentedInput(TestFleet.Epoch);
        var first = TestFleet.Plan(input);
        var again = TestFleet.Plan(input with { Previous = first, AvoidSatellites = new HashSet<int> { first.Stages[1].SatelliteId!.Value } });

        again.Feasible.ShouldBeTrue();
        again.Stages.Select(stage => stage.SatelliteId).Distinct().Count().ShouldBe(2);
        again.Notes.ShouldContain(note => note.Contains("runs stages"));
    }

    [Fact]
    public void A_failing_satellite_still_sends_what_it_holds()
    {
        var input = TestFleet.DocumentedInput(TestFleet.Epoch);
        var first = TestFleet.Plan(input);
        var holder = first.Stages[0].SatelliteId!.Value;
        var again = TestFleet.Plan(input with
        {
            Previous = first,
            Finished = [new(0, $"{holder}", first.Stages[0].End)],
            AvoidSatellites = new HashSet<int> { holder },
        });

        again.Feasible.ShouldBeTrue();
        again.Stages.Skip(1).ShouldAllBe(stage => stage.SatelliteId != holder);
        again.Transfers.First(transfer => transfer.ToStage == 1).From.ShouldBe($"{holder}");
        again.Bookings.ShouldNotContain(booking => booking.Kind == BookingKind.Satellite && booking.Resource == $"{holder}");
    }
}
