using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Contracts.Json;

/// <summary>A satellite as callers name it: its NORAD number, written as a number or as a string.</summary>
[JsonConverter(typeof(SatelliteRefConverter))]
public readonly record struct SatelliteRef(string Value)
{
    public static implicit operator SatelliteRef(int noradId) => FromInt32(noradId);

    public static SatelliteRef FromInt32(int noradId) => new(noradId.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => Value;
}

public sealed class SatelliteRefConverter : JsonConverter<SatelliteRef>
{
    public override SatelliteRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String when reader.GetString() is { Length: > 0 and <= 64 } text => new SatelliteRef(text),
        JsonTokenType.Number when reader.TryGetInt32(out var number) && number > 0 => number,
        _ => throw new JsonException("must be a NORAD number, like 25544 or \"25544\""),
    };

    public override void Write(Utf8JsonWriter writer, SatelliteRef value, JsonSerializerOptions options)
    {
        if (int.TryParse(value.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(value.Value);
    }
}
