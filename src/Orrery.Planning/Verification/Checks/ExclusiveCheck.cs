namespace Orrery.Planning.Verification.Checks;

/// <summary>Computers, antennas and links do one thing at a time, none that others have booked, and the plan books all that it takes.</summary>
internal static class ExclusiveCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan)
    {
        var taken = Taken(plan).OrderBy(use => use.Start).ToList();
        return
        [
            .. taken.GroupBy(use => (use.Kind, use.Resource)).SelectMany(uses => uses.Zip(uses.Skip(1))).Where(pair => Overlap(pair.First, pair.Second))
                .Select(pair => new PlanViolation(Conflict(pair.First.Kind), $"{pair.First.Resource} does two things at {pair.Second.Start:O}.")),
            .. taken.Where(use => plan.Input.Bookings.Any(booking => Overlap(use, booking)))
                .Select(use => new PlanViolation(ViolationCodes.BookingOverlap, $"{use.Resource} is taken from {use.Start:O}, which another has booked.")),
            .. taken.Where(use => !plan.Plan.Bookings.Any(booking => Covers(booking, use)))
                .Select(use => new PlanViolation(ViolationCodes.BookingMissing, $"{use.Resource} is taken from {use.Start:O} and not booked.")),
        ];
    }

    private static IEnumerable<Booking> Taken(PlanCase plan) =>
    [
        .. plan.Pending.Where(stage => stage.SatelliteId is not null).SelectMany(stage => stage.Segments.Select(segment =>
            new Booking(BookingKind.Satellite, $"{stage.SatelliteId}", segment.Start, segment.End))),
        .. plan.PendingLegs.Where(leg => leg.Kind is TransferKind.Downlink or TransferKind.Uplink).Select(leg =>
            new Booking(BookingKind.Station, leg.Kind == TransferKind.Downlink ? leg.To : leg.From, leg.Start, leg.SendEnd())),
        .. plan.PendingLegs.Where(leg => leg.OrbitEnds(plan) is not null).Select(leg =>
            new Booking(BookingKind.InterSatelliteLink, Booking.LinkResource(int.Parse(leg.From), int.Parse(leg.To)), leg.Start, leg.SendEnd())),
    ];

    private static bool Overlap(Booking a, Booking b) => a.Kind == b.Kind && a.Resource == b.Resource
        && a.Start.SecondsTo(b.End) > Tolerance.OrderS && b.Start.SecondsTo(a.End) > Tolerance.OrderS;

    private static bool Covers(Booking booking, Booking use) => booking.Kind == use.Kind && booking.Resource == use.Resource
        && use.Start.SecondsTo(booking.Start) <= Tolerance.OrderS && booking.End.SecondsTo(use.End) <= Tolerance.OrderS;

    private static string Conflict(BookingKind kind) => kind switch
    {
        BookingKind.Satellite => ViolationCodes.SatelliteConflict,
        BookingKind.Station => ViolationCodes.StationConflict,
        _ => ViolationCodes.LinkConflict,
    };
}
