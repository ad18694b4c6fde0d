using FsCheck;
using FsCheck.Fluent;

namespace Orrery.Planning.Tests.Plans;

public sealed class BookingTests
{
    private const double DelayTolerance = 0.05;

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(40);

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();

    [Fact]
    public void More_bookings_never_make_a_plan_earlier_and_a_plan_never_overlaps_them() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var input = RandomInput(random);
        var few = TestFleet.Plan(input with { Bookings = Bookings(random, input.Spec.StartAt, 6) });
        var bookings = Bookings(new Random(seed + 1), input.Spec.StartAt, 12);
        var many = TestFleet.Plan(input with { Bookings = [.. Bookings(new Random(seed + 2), input.Spec.StartAt, 6), .. bookings] });
        var free = TestFleet.Plan(input);

        free.Feasible.ShouldBeTrue();
        if (few.Feasible)
            few.MakespanS.ShouldBeGreaterThanOrEqualTo(free.MakespanS - DelayTolerance);
        if (many.Feasible)
            many.MakespanS.ShouldBeGreaterThanOrEqualTo(free.MakespanS - DelayTolerance);
        foreach (var taken in many.Bookings)
            bookings.ShouldNotContain(other => Overlap(taken, other));
    }).Check(Config);

    [Fact]
    public void A_plan_starts_no_earlier_than_asked_and_its_parts_follow_one_another() => Prop.ForAll(Seeds, seed =>
    {
        var input = RandomInput(new Random(seed));
        var plan = TestFleet.Plan(input);

        plan.LowerBoundS.ShouldBeLessThanOrEqualTo(plan.MakespanS);
        plan.GapFraction.ShouldBe(0);
        var time = input.Spec.StartAt;
        foreach (var stage in plan.Stages)
        {
            foreach (var leg in plan.Transfers.Where(transfer => transfer.ToStage == stage.Index && transfer.Kind != TransferKind.Terrestrial))
            {
                leg.Start.ShouldBeGreaterThanOrEqualTo(time.AddMilliseconds(-20));
                leg.ContactEnd.GetValueOrDefault(DateTimeOffset.MaxValue).ShouldBeGreaterThanOrEqualTo(leg.End.AddSeconds(-leg.DelayS - 1e-5));
                time = leg.End;
            }

            stage.Start.ShouldBeGreaterThanOrEqualTo(time.AddMilliseconds(-1));
            stage.Segments.Sum(segment => segment.Tflop).ShouldBe(stage.ComputeTflop, 1e-6);
            time = stage.End;
        }
    }).Check(Config);

    [Fact]
    public void A_second_plan_runs_beside_the_bookings_of_the_first()
    {
        var input = TestFleet.DocumentedInput(TestFleet.Epoch);
        var first = TestFleet.Plan(input);
        var second = TestFleet.Plan(input with { Bookings = first.Bookings });

        second.Feasible.ShouldBeTrue();
        first.Bookings.ShouldContain(booking => booking.Kind == BookingKind.Station || booking.Kind == BookingKind.InterSatelliteLink);
        foreach (var taken in second.Bookings)
            first.Bookings.ShouldNotContain(other => Overlap(taken, other));
    }

    private static PlanningInput RandomInput(Random random)
    {
        var spec = TestFleet.DocumentedSpec(TestFleet.Epoch.AddMinutes(random.Next(20_000)));
        return TestFleet.DocumentedInput(spec.StartAt) with
        {
            Spec = spec with
            {
                Layers = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(i => new ModelLayer($"l{i}", 1 + random.Next(500), 1 + random.Next(200)))],
                Stages = 1 + random.Next(3),
                InputMb = random.Next(50),
                OutputMb = random.Next(50),
                Horizon = TimeSpan.FromHours(24),
            },
        };
    }

    private static Booking[] Bookings(Random random, DateTimeOffset start, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        var from = start.AddMinutes(random.Next(600));
        var end = from.AddMinutes(1 + random.Next(90));
        var a = TestFleet.Documented[random.Next(3)];
        var b = TestFleet.Documented[random.Next(3)];
        return random.Next(3) switch
        {
            0 => new Booking(BookingKind.Satellite, $"{a}", from, end),
            1 => new Booking(BookingKind.Station, TestFleet.Of().Stations[random.Next(12)].Id, from, end),
            _ => new Booking(BookingKind.InterSatelliteLink, Booking.LinkResource(a, b), from, end),
        };
    })];

    private static bool Overlap(Booking a, Booking b) => a.Kind == b.Kind && a.Resource == b.Resource
        && a.Start.AddTicks(20) < b.End && b.Start.AddTicks(20) < a.End;
}
