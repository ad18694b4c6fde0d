using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Orrery.Server.Errors;

/// <summary>Reads JSON bodies; what is wrong is said by field.</summary>
internal static partial class JsonBody
{
    public const long Limit = 2 * 1024 * 1024;

    public static async Task<T> Read<T>(HttpContext http, JsonTypeInfo<T> type, long limit = Limit)
    {
        var bytes = await Bytes(http, limit);
        return Parse(bytes.Span, type);
    }

    public static T Parse<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type)
    {
        if (bytes.IsEmpty)
            throw Refuse.InvalidBody("The body is empty; it must be a JSON object.");
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw Refuse.InvalidBody("The body is null; it must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw Explain(bytes, error);
        }
    }

    /// <summary>The whole body.</summary>
    public static async Task<ReadOnlyMemory<byte>> Bytes(HttpContext http, long limit)
    {
        if (http.Request.ContentLength > limit)
            throw Refuse.TooLarge(limit);
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > limit)
                throw Refuse.TooLarge(limit);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Text that is not JSON is an invalid body; JSON of the wrong shape is a validation error of one field.</summary>
    private static ApiException Explain(ReadOnlySpan<byte> bytes, JsonException error)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 32 });
            while (reader.Read())
            {
                // Reading to the end shows whether it is JSON at all.
            }
        }
        catch (JsonException broken)
        {
            return Refuse.InvalidBody($"The body is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.");
        }
        var field = FieldName(error.Path);
        if (UnknownMember().Match(error.Message) is { Success: true } unknown)
            return Refuse.Invalid(Join(field, unknown.Groups[1].Value), "is not a member of this request");
        if (error.Message.StartsWith("Duplicate", StringComparison.Ordinal))
            return Refuse.Invalid(field, "is given twice");
        var expected = ExpectedType().Match(error.Message);
        return Refuse.Invalid(field, expected.Success ? $"must be {Describe(expected.Groups[1].Value)}" : error.Message);
    }

    private static string FieldName(string? path) => path is null or "$" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];

    private static string Join(string field, string name) =>
        field == "body" || field == name || field.EndsWith('.' + name, StringComparison.Ordinal) ? (field == "body" ? name : field) : $"{field}.{name}";

    private static string Describe(string type) => type switch
    {
        _ when type.Contains("Int32") || type.Contains("Int64") => "a whole number within range",
        _ when type.Contains("Double") => "a number",
        _ when type.Contains("Boolean") => "true or false",
        _ when type.Contains("DateTimeOffset") || type.Contains("EventTime") => "an RFC 3339 time with an offset, like 2026-03-07T14:23:45Z",
        _ when type.Contains("List") || type.EndsWith("[]", StringComparison.Ordinal) => "an array",
        "System.String" => "a string",
        _ => "an object",
    };

    [GeneratedRegex("The JSON property '([^']*)' could not be mapped", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("The JSON value could not be converted to (.+?)\\. Path", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ExpectedType();
}
