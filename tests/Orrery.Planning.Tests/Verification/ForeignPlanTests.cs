using Orrery.Planning.Verification;

namespace Orrery.Planning.Tests.Verification;

/// <summary>A sound plan against an input that it was not made for.</summary>
public sealed class ForeignPlanTests
{
    private static readonly Dictionary<string, (string Sample, string Code, Func<PlanningInput, Plan, PlanningInput> Change)> Changes = new()
    {
        ["a booked computer"] = ("ground", ViolationCodes.BookingOverlap, (input, plan) => input with { Bookings = [plan.Bookings.First(b => b.Kind == BookingKind.Satellite)] }),
        ["a booked antenna"] = ("ground", ViolationCodes.BookingOverlap, (input, plan) => input with { Bookings = [plan.Bookings.First(b => b.Kind == BookingKind.Station)] }),
        ["a booked link"] = ("crosslink", ViolationCodes.BookingOverlap, (input, plan) => input with { Bookings = [plan.Bookings.First(b => b.Kind == BookingKind.InterSatelliteLink)] }),
        ["a small battery"] = ("ground", ViolationCodes.ReserveTouched, (input, _) => input.With(bus => bus with { BatteryWh = 20 })),
        ["weak panels"] = ("ground", ViolationCodes.ReserveTouched, (input, _) => input.With(bus => bus with { SolarW = 1, IdleW = 60 })),
        ["a small radiator"] = ("ground", ViolationCodes.TooHot, (input, _) => input.With(bus => bus with { RadiatorWPerK = 1, HeatCapacityJPerK = 3000 })),
        ["a slow computer"] = ("documented", ViolationCodes.ComputeTooFast, (input, _) => input.With(bus => bus with { TflopsSun = 0.2, TflopsUmbra = 0.2 })),
        ["little memory"] = ("crosslink", ViolationCodes.MemoryExceeded, (input, _) => input.With(bus => bus with { MemoryMb = 50 })),
        ["a satellite to avoid"] = ("documented", ViolationCodes.SatelliteAvoided, (input, plan) => input with { AvoidSatellites = new HashSet<int> { plan.Stages[1].SatelliteId!.Value } }),
        ["a satellite to avoid for a stage"] = ("documented", ViolationCodes.SatelliteAvoided, (input, plan) => input with { AvoidByStage = new Dictionary<int, IReadOnlySet<int>> { [1] = new HashSet<int> { plan.Stages[1].SatelliteId!.Value } } }),
        ["a deadline"] = ("documented", ViolationCodes.DeadlineExceeded, (input, plan) => input with { Spec = input.Spec with { Deadline = TimeSpan.FromSeconds(plan.MakespanS - 1) } }),
        ["a nearer horizon"] = ("documented", ViolationCodes.HorizonExceeded, (input, plan) => input with { Spec = input.Spec with { Horizon = TimeSpan.FromSeconds(plan.MakespanS - 1) } }),
        ["a higher horizon"] = ("ground", ViolationCodes.BelowElevation, (input, _) => input with { Spec = input.Spec with { MinElevationDeg = 60 } }),
        ["a later start"] = ("documented", ViolationCodes.StartsEarly, (input, _) => input with { NotBefore = input.Spec.StartAt.AddMinutes(1) }),
        ["a finished stage elsewhere"] = ("documented", ViolationCodes.FinishedChanged, (input, plan) => input with { Previous = plan, Finished = [new(0, "1", plan.Stages[0].End)] }),
        ["a finished stage at another time"] = ("documented", ViolationCodes.FinishedChanged, (input, plan) => input with { Previous = plan, Finished = [new(0, $"{plan.Stages[0].SatelliteId}", plan.Stages[0].End.AddSeconds(9))] }),
        ["another partition"] = ("documented", ViolationCodes.WorkChanged, (input, plan) => input with { Previous = plan.Stage(0, stage => stage with { Layers = [] }) }),
        ["decayed elements"] = ("ground", ViolationCodes.ElementsExpired, (input, _) => input with { Fleet = input.Fleet with { Satellites = [.. input.Fleet.Satellites.Select(s => s with { Elements = s.Elements with { BStar = 5 } })] } }),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_does_not_fit_another_input(string name)
    {
        var (sample, code, change) = Changes[name];
        var input = Samples.Named(sample);
        var plan = TestFleet.Plan(input);

        PlanVerifier.Verify(change(input, plan), plan).Select(violation => violation.Code).ShouldContain(code);
    }
}
