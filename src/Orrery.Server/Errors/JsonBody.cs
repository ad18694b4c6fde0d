using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Orrery.Server.Errors;

/// <summary>Reads JSON bodies; what is wrong is said by field.</summary>
internal static class JsonBody
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
            throw JsonFault.Explain(bytes, error, type);
        }
    }

    /// <summary>The whole body.</summary>
    public static async Task<ReadOnlyMemory<byte>> Bytes(HttpContext http, long limit)
    {
        if (http.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw Refuse.Encoded(encoding);
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
}
