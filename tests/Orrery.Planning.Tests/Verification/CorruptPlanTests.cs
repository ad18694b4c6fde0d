using Orrery.Planning.Verification;

namespace Orrery.Planning.Tests.Verification;

public sealed class CorruptPlanTests
{
    private static readonly Dictionary<string, (string Sample, string Code, Func<Plan, Plan> Corrupt)> Corruptions = new()
    {
        ["a downlink long after the pass"] = ("ground", ViolationCodes.BelowElevation, plan => plan.Leg(1, leg => leg.Shift(1500))),
        ["an uplink before the start"] = ("ground", ViolationCodes.StartsEarly, plan => plan.Leg(0, leg => leg.Shift(-3600))),
        ["an output before its stage ended"] = ("ground", ViolationCodes.SentBeforeHeld, plan => plan.Leg(1, leg => leg.Shift(-5000))),
        ["a transfer in half its time"] = ("ground", ViolationCodes.OverCapacity, plan => plan.Leg(0, leg => leg with { End = leg.Start + ((leg.End - leg.Start) / 2) })),
        ["twice the data"] = ("ground", ViolationCodes.DataLost, plan => plan.Leg(0, leg => leg with { Mb = 2 * leg.Mb })),
        ["twice the data over the link"] = ("crosslink", ViolationCodes.OverCapacity, plan => plan.Leg(0, leg => leg with { Mb = 2 * leg.Mb })),
        ["a link behind the Earth"] = ("crosslink", ViolationCodes.NoLineOfSight, plan => plan.Leg(0, leg => leg.Shift(1400))),
        ["a link too long"] = ("crosslink", ViolationCodes.OutOfRange, plan => plan.Leg(0, leg => leg.Shift(1400))),
        ["no transfer"] = ("crosslink", ViolationCodes.DataLost, plan => plan with { Transfers = [] }),
        ["no delay"] = ("documented", ViolationCodes.DelayWrong, plan => plan.Leg(0, leg => leg with { DelayS = 0 })),
        ["a delay longer than the transfer"] = ("documented", ViolationCodes.DelayWrong, plan => plan.Leg(0, leg => leg with { DelayS = 100 })),
        ["another kind"] = ("ground", ViolationCodes.TransferKindWrong, plan => plan.Leg(0, leg => leg with { Kind = TransferKind.Downlink })),
        ["a contact that closes first"] = ("ground", ViolationCodes.ContactWrong, plan => plan.Leg(0, leg => leg with { ContactEnd = leg.Start })),
        ["a contact of others"] = ("ground", ViolationCodes.ContactWrong, plan => plan.Leg(0, leg => leg with { Contact = "1-2@2026-01-05T10:00:00.0Z" })),
        ["legs out of order"] = ("documented", ViolationCodes.LegsOutOfOrder, plan => plan.Leg(1, leg => leg with { Leg = 2 })),
        ["an unknown station"] = ("ground", ViolationCodes.UnknownStation, plan => plan.Leg(0, leg => leg with { From = "atlantis" })),
        ["an unknown relay"] = ("documented", ViolationCodes.UnknownSatellite, plan => plan.Leg(0, leg => leg with { From = "12345" })),
        ["an unknown satellite"] = ("documented", ViolationCodes.UnknownSatellite, plan => plan.Stage(0, stage => stage with { SatelliteId = 12345 })),
        ["one satellite for two stages"] = ("documented", ViolationCodes.SatelliteShared, plan => plan.Stage(0, stage => stage with { SatelliteId = plan.Stages[1].SatelliteId })),
        ["another satellite"] = ("crosslink", ViolationCodes.DataLost, plan => plan.Stage(1, stage => stage with { SatelliteId = plan.Stages[0].SatelliteId })),
        ["a stage before its input"] = ("documented", ViolationCodes.InputLate, plan => plan.Stage(2, stage => stage.Shift(-60))),
        ["a stage before the start"] = ("documented", ViolationCodes.StartsEarly, plan => plan.Stage(0, stage => stage.Shift(-60))),
        ["half the duration"] = ("ground", ViolationCodes.DurationMismatch, plan => plan.Segment(0, s => s with { End = s.Start + ((s.End - s.Start) / 2) })),
        ["another duration"] = ("ground", ViolationCodes.WorkChanged, plan => plan.Stage(0, stage => stage with { DurationS = 1 })),
        ["half the computing time"] = ("documented", ViolationCodes.ComputeTooFast, plan => plan.Segment(0, s => s with { End = s.Start + ((s.End - s.Start) / 2) })),
        ["half the work"] = ("documented", ViolationCodes.ComputeMismatch, plan => plan.Segment(0, s => s with { Tflop = s.Tflop / 2 })),
        ["a segment outside its stage"] = ("documented", ViolationCodes.SegmentsWrong, plan => plan.Segment(0, s => s with { End = s.End.AddHours(1) })),
        ["the wrong light"] = ("documented", ViolationCodes.LightWrong, plan => plan.Segment(0, s => s with { InUmbra = !s.InUmbra })),
        ["less of a layer"] = ("documented", ViolationCodes.WorkChanged, plan => plan.Stage(0, stage => stage with { Layers = [] })),
        ["a smaller activation"] = ("documented", ViolationCodes.WorkChanged, plan => plan.Stage(0, stage => stage with { ActivationOutMb = 1 })),
        ["more memory than there is"] = ("crosslink", ViolationCodes.MemoryExceeded, plan => plan.Stage(1, stage => stage with { MemoryMb = 1e9 })),
        ["a wrong price"] = ("documented", ViolationCodes.PriceWrong, plan => plan with { Price = plan.Price with { Cents = 1 } }),
        ["a stage for free"] = ("documented", ViolationCodes.PriceWrong, plan => plan with { Price = new Tariff().For(2) }),
        ["a lower bound above the makespan"] = ("documented", ViolationCodes.LowerBoundWrong, plan => plan with { LowerBoundS = plan.MakespanS + 1 }),
        ["a shorter makespan"] = ("documented", ViolationCodes.MakespanWrong, plan => plan with { MakespanS = plan.MakespanS - 1 }),
        ["nothing booked"] = ("ground", ViolationCodes.BookingMissing, plan => plan with { Bookings = [] }),
        ["no elements"] = ("ground", ViolationCodes.ElementsMissing, plan => plan with { Elements = [] }),
        ["an antenna for two at once"] = ("documented", ViolationCodes.StationConflict, plan => plan with { Transfers = [.. plan.Transfers, plan.Transfers[0]] }),
        ["a link for two at once"] = ("crosslink", ViolationCodes.LinkConflict, plan => plan with { Transfers = [.. plan.Transfers, plan.Transfers[0]] }),
        ["a computer for two at once"] = ("ground", ViolationCodes.SatelliteConflict, plan => plan.Stage(0, stage => stage with { Segments = [.. stage.Segments, stage.Segments[0]] })),
        ["feasible with a reason"] = ("ground", ViolationCodes.ReasonsWrong, plan => plan with { Reasons = [new(ReasonCodes.NoContact, "", "", new Dictionary<string, double>())] }),
        ["infeasible without a reason"] = ("ground", ViolationCodes.ReasonsWrong, plan => plan with { Feasible = false }),
    };

    public static TheoryData<string> Names => [.. Corruptions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_corrupt_plan_is_caught(string name)
    {
        var (sample, code, corrupt) = Corruptions[name];
        var input = Samples.Named(sample);
        var plan = corrupt(TestFleet.Plan(input));

        PlanVerifier.Verify(input, plan).Select(violation => violation.Code).ShouldContain(code);
    }
}
