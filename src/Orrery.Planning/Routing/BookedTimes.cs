using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing;

/// <summary>Bookings by resource.</summary>
internal sealed class BookedTimes
{
    private readonly Dictionary<(BookingKind Kind, string Resource), List<Interval>> times;

    public BookedTimes(IEnumerable<Booking> bookings) => times = bookings
        .GroupBy(booking => (booking.Kind, booking.Resource))
        .ToDictionary(group => group.Key, group => Interval.Union(group.Select(booking => new Interval(Instant.Of(booking.Start), Instant.Of(booking.End)))));

    public IReadOnlyList<Interval> Satellite(int noradId) => Of(BookingKind.Satellite, $"{noradId}");

    public IReadOnlyList<Interval> Station(string id) => Of(BookingKind.Station, id);

    public IReadOnlyList<Interval> Link(int a, int b) => Of(BookingKind.InterSatelliteLink, Booking.LinkResource(a, b));

    private List<Interval> Of(BookingKind kind, string resource) => times.GetValueOrDefault((kind, resource)) ?? [];
}
