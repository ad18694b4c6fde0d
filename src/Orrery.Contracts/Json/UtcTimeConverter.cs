using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Contracts.Json;

/// <summary>Times on the wire: RFC 3339 in UTC with <c>Z</c>; any offset is read.</summary>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !EventTime.TryParse(reader.GetString(), out var time))
            throw new JsonException("must be an RFC 3339 time with an offset, like 2026-03-07T14:23:45Z");
        return time.ToDateTimeOffset();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));

    public static string Text(DateTimeOffset value) => value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
