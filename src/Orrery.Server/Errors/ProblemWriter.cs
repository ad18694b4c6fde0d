using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Orrery.Server.Errors;

/// <summary>The one writer of RFC 9457 problem details, with the member that each surface's clients read.</summary>
internal static class ProblemWriter
{
    public static async Task Write(HttpContext http, ApiException error)
    {
        if (http.Response.HasStarted)
            return;
        http.Response.Clear();
        http.Response.StatusCode = error.Status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers["X-Request-Id"] = RequestId.Of(http);
        http.Response.Headers.CacheControl = "no-store";
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString();
        if (error.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(Body(http, error), http.RequestAborted);
    }

    private static byte[] Body(HttpContext http, ApiException error)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(error.Status));
            json.WriteNumber("status", error.Status);
            json.WriteString("detail", error.Message);
            json.WriteString("instance", http.Request.Path.Value);
            if (error.Fields is { } fields)
            {
                json.WritePropertyName("errors");
                WriteFields(json, fields);
            }
            WriteSurfaceMember(json, http.Request.Path, error);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteSurfaceMember(Utf8JsonWriter json, PathString path, ApiException error)
    {
        if (path.StartsWithSegments("/api/v1"))
        {
            json.WriteString("errorCode", ClusterCode(error));
            json.WriteString("errorMessage", error.Message);
            return;
        }
        if (path.StartsWithSegments("/api"))
        {
            json.WriteString("error", error.Message);
            return;
        }
        json.WriteStartObject("error");
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WritePropertyName("details");
        if (error.Details is not null)
            JsonSerializer.Serialize(json, error.Details, ProblemJson.Options);
        else
            WriteFields(json, error.Fields ?? new Dictionary<string, string[]>());
        json.WriteEndObject();
    }

    /// <summary>The cluster surface has codes of its own; what every surface refuses alike is told in them by its status.</summary>
    private static string ClusterCode(ApiException error) => char.IsAsciiLetterUpper(error.Code[0]) ? error.Code : error.Status switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        412 => "PreconditionFailed",
        413 => "PayloadTooLarge",
        415 => "UnsupportedMediaType",
        422 => "UnprocessableEntity",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        507 => "StorageFull",
        _ => "InternalError",
    };

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyDictionary<string, string[]> fields)
    {
        json.WriteStartObject();
        foreach (var (field, messages) in fields)
        {
            json.WriteStartArray(field);
            foreach (var message in messages)
                json.WriteStringValue(message);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static class ProblemJson
    {
        public static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    }
}
