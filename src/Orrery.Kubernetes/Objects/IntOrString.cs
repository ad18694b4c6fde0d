using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Kubernetes.Objects;

/// <summary>A number, or a name or share like <c>25%</c>.</summary>
[JsonConverter(typeof(IntOrStringConverter))]
public sealed record IntOrString
{
    public IntOrString(int number) => Number = number;

    public IntOrString(string text) => Text = text;

    public int? Number { get; }

    public string? Text { get; }

    /// <summary>A whole number becomes a number, anything else stays text.</summary>
    public static IntOrString Parse(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, provider: null, out var number) ? new IntOrString(number) : new IntOrString(text);

    public static implicit operator IntOrString(int number) => new(number);

    public static IntOrString FromInt32(int number) => new(number);
}

internal sealed class IntOrStringConverter : JsonConverter<IntOrString>
{
    public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? new IntOrString(reader.GetInt32()) : new IntOrString(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(value.Text);
    }
}
