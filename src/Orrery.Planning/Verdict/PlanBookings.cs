namespace Orrery.Planning.Verdict;

/// <summary>What a plan takes: satellites while they compute, stations and links while they send.</summary>
internal static class PlanBookings
{
    public static IReadOnlyList<Booking> Of(IReadOnlyList<PlannedStage> stages, IReadOnlyList<PlannedTransfer> transfers)
    {
        var bookings = new List<Booking>();
        foreach (var stage in stages.Where(stage => stage.SatelliteId is not null))
            bookings.AddRange(Joined(stage.Segments).Select(time => new Booking(BookingKind.Satellite, $"{stage.SatelliteId}", time.Start, time.End)));
        foreach (var transfer in transfers)
        {
            var sent = transfer.End.AddSeconds(-transfer.DelayS);
            var (kind, resource) = transfer.Kind switch
            {
                TransferKind.InterSatellite => (BookingKind.InterSatelliteLink, Booking.LinkResource(int.Parse(transfer.From), int.Parse(transfer.To))),
                TransferKind.Downlink => (BookingKind.Station, transfer.To),
                _ => (BookingKind.Station, transfer.From),
            };
            if (transfer.Kind != TransferKind.Terrestrial)
                bookings.Add(new(kind, resource, transfer.Start, sent));
        }

        return bookings;
    }

    private static List<(DateTimeOffset Start, DateTimeOffset End)> Joined(IReadOnlyList<ComputeSegment> segments)
    {
        var joined = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        foreach (var segment in segments)
        {
            if (joined.Count > 0 && joined[^1].End == segment.Start)
                joined[^1] = (joined[^1].Start, segment.End);
            else
                joined.Add((segment.Start, segment.End));
        }

        return joined;
    }
}
