using System.Text.Json;

namespace Orrery.Orbits;

/// <summary>Reads mean elements from CCSDS orbit mean-elements messages in JSON, as CelesTrak gives them.</summary>
/// <remarks>CCSDS 502.0-B-3; member names of the keyword-value form.</remarks>
public static class OmmReader
{
    private const int DefaultLimit = 20_000;

    /// <summary>All element sets of an array of messages, or of one message.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="limit">More sets than this are refused.</param>
    /// <exception cref="ElementFormatException">
    /// Not JSON, or a member is missing or wrong; <see cref="ElementFormatException.Line"/> is the message's position, from 1.
    /// </exception>
    public static IReadOnlyList<ElementSet> Read(ReadOnlyMemory<byte> json, int limit = DefaultLimit)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object)
            return [new OmmMessage(root, 1).ToElementSet()];
        if (root.ValueKind != JsonValueKind.Array)
            throw new ElementFormatException("The JSON must be an OMM object or an array of them.", 1, null, "json");
        if (root.GetArrayLength() > limit)
            throw new ElementFormatException($"There are {root.GetArrayLength()} element sets, more than {limit}.", limit + 1, null, "json");
        return [.. root.EnumerateArray().Select((message, i) => new OmmMessage(message, i + 1).ToElementSet())];
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            throw new ElementFormatException($"Not JSON, at line {line} byte {(e.BytePositionInLine ?? 0) + 1}.", line, null, "json", e);
        }
    }
}
