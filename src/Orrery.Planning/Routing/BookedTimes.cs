using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing;

/// <summary>Bookings by resource.</summary>
internal sealed class BookedTimes
{
    private readonly Dictionary<(BookingKind Kind, string Resource), List<Interval>> times;

    private BookedTimes(BookedTimes other) => times = new(other.times);

    public BookedTimes(IEnumerable<Booking> bookings) => times = bookings
        .GroupBy(booking => (booking.Kind, booking.Resource))
        .ToDictionary(group => group.Key, group => Interval.Union(group.Select(booking => new Interval(Instant.Of(booking.Start), Instant.Of(booking.End)))));

    /// <summary>What is added to the one is not in the other.</summary>
    public BookedTimes Copy() => new(this);

    public void Add(BookingKind kind, string resource, Interval time) => times[(kind, resource)] = Interval.Union(Of(kind, resource).Append(time));

    public IReadOnlyList<Interval> Satellite(int noradId) => Of(BookingKind.Satellite, $"{noradId}");

    /// <summary>Whether a station is taken at any time.</summary>
    public bool HasStations => times.Keys.Any(key => key.Kind == BookingKind.Station);

    public IReadOnlyList<Interval> Station(string id) => Of(BookingKind.Station, id);

    public IReadOnlyList<Interval> Link(int a, int b) => Of(BookingKind.InterSatelliteLink, Booking.LinkResource(a, b));

    private List<Interval> Of(BookingKind kind, string resource) => times.GetValueOrDefault((kind, resource)) ?? [];
}
