using System.Text.Json.Serialization;

namespace Orrery.Planning;

/// <summary>What a booking takes.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<BookingKind>))]
public enum BookingKind
{
    /// <summary>A satellite's computer; the resource is its NORAD number.</summary>
    Satellite,

    /// <summary>A ground station's antenna; the resource is the station's id.</summary>
    Station,

    /// <summary>A link between two satellites; see <see cref="Booking.LinkResource"/>.</summary>
    InterSatelliteLink,
}

/// <summary>A resource taken for a time.</summary>
public sealed record Booking(BookingKind Kind, string Resource, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The name of the link between two satellites: <c>25544-48274</c>, the lower number first.</summary>
    public static string LinkResource(int a, int b) => a < b ? $"{a}-{b}" : $"{b}-{a}";
}
