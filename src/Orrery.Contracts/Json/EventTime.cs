using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Contracts.Json;

/// <summary>A moment to the nanosecond, as agents report it; 1678 to 2261.</summary>
[JsonConverter(typeof(EventTimeConverter))]
public readonly record struct EventTime(long UnixNanoseconds) : IComparable<EventTime>
{
    private const int SecondsLength = 19; // yyyy-MM-ddTHH:mm:ss
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static EventTime From(DateTimeOffset time) => new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100);

    /// <summary>The same moment, cut to 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks((long)Math.Floor(UnixNanoseconds / 100m));

    public int CompareTo(EventTime other) => UnixNanoseconds.CompareTo(other.UnixNanoseconds);

    public static bool operator <(EventTime left, EventTime right) => left.CompareTo(right) < 0;

    public static bool operator >(EventTime left, EventTime right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventTime left, EventTime right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventTime left, EventTime right) => left.CompareTo(right) >= 0;

    /// <summary>RFC 3339 §5.6: date, <c>T</c>, time, up to nine fractional digits, <c>Z</c> or an offset.</summary>
    public static bool TryParse(string? text, out EventTime time)
    {
        time = default;
        if (text is null || text.Length is < SecondsLength + 1 or > 64 || text[10] is not ('T' or 't'))
            return false;
        if (!DateTime.TryParseExact(
            text.AsSpan(0, SecondsLength), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var seconds))
            return false;
        var rest = text.AsSpan(SecondsLength);
        if (!TryFraction(ref rest, out var nanoseconds) || !TryOffset(rest, out var offsetMinutes) || seconds.Year is < 1678 or > 2261)
            return false;
        var unixSeconds = ((seconds.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - (offsetMinutes * 60L);
        time = new EventTime((unixSeconds * NanosecondsPerSecond) + nanoseconds);
        return true;
    }

    public override string ToString()
    {
        var seconds = Math.DivRem(UnixNanoseconds, NanosecondsPerSecond, out var nanoseconds);
        if (nanoseconds < 0)
            (seconds, nanoseconds) = (seconds - 1, nanoseconds + NanosecondsPerSecond);
        var text = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return nanoseconds == 0 ? text + "Z" : $"{text}.{nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}Z";
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out long nanoseconds)
    {
        nanoseconds = 0;
        if (rest.IsEmpty || rest[0] != '.')
            return true;
        var digits = 1;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            digits++;
        if (digits is 1 or > 10)
            return false;
        nanoseconds = long.Parse(rest[1..digits], CultureInfo.InvariantCulture);
        for (var i = digits; i < 10; i++)
            nanoseconds *= 10;
        rest = rest[digits..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> rest, out int minutes)
    {
        minutes = 0;
        if (rest is "Z" or "z")
            return true;
        if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':' ||
            !int.TryParse(rest[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ||
            !int.TryParse(rest[4..6], NumberStyles.None, CultureInfo.InvariantCulture, out var part) || hours > 23 || part > 59)
            return false;
        minutes = (rest[0] == '-' ? -1 : 1) * ((hours * 60) + part);
        return true;
    }
}

public sealed class EventTimeConverter : JsonConverter<EventTime>
{
    public override EventTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && EventTime.TryParse(reader.GetString(), out var time)
            ? time
            : throw new JsonException("must be an RFC 3339 time with an offset, like 2026-03-07T14:23:45Z");

    public override void Write(Utf8JsonWriter writer, EventTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
