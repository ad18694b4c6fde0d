using System.Globalization;
using System.Text.Json.Nodes;

namespace Orrery.Cli.Output;

/// <summary>What a plain scalar means, by YAML 1.2's core schema.</summary>
internal static class YamlScalars
{
    /// <summary>A plain scalar as null, truth value, number or, when it is none of these, text.</summary>
    public static JsonNode? Value(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when IsNumber(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(plain),
    };

    /// <summary>Every reader takes it for text, those of YAML 1.1 too.</summary>
    public static bool IsPlainText(string text) =>
        text.Length > 0 && !IsNumber(text) && !text.Contains(':') &&
        text.ToLowerInvariant() is not ("~" or "null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n");

    private static bool IsNumber(string text) => char.IsAsciiDigit(text[0]) || (text[0] is '-' or '+' or '.' && text.Length > 1);
}
