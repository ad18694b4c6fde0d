using System.Net;
using System.Text.Json;
using Orrery.Contracts.Workloads;

namespace Orrery.Client.Http;

/// <summary>
/// Reads a refusal: problem details (RFC 9457), whose member <c>error</c> is an object with code, message and details
/// on <c>/v1</c> and a message on <c>/api</c>; <c>/api/v1</c> has <c>errorCode</c> and <c>errorMessage</c>.
/// </summary>
internal static class ProblemReader
{
    private const int MaxBytes = 1 << 20;

    public static async Task<OrreryApiException> Read(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await Body(response, cancellation).ConfigureAwait(false);
        var requestId = response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.FirstOrDefault() : null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return FromProblem(response.StatusCode, document.RootElement, requestId);
        }
        catch (JsonException)
        {
            return Plain(response, requestId);
        }
        return Plain(response, requestId);
    }

    private static async Task<ReadOnlyMemory<byte>> Body(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellation).ConfigureAwait(false);
            return await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            return default;
        }
    }

    private static OrreryApiException Plain(HttpResponseMessage response, string? requestId) =>
        new(response.StatusCode, Code(response.StatusCode), $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.")
        {
            RequestId = requestId,
        };

    private static OrreryApiException FromProblem(HttpStatusCode status, JsonElement problem, string? requestId)
    {
        var error = problem.TryGetProperty("error", out var member) ? member : default;
        var inner = error.ValueKind == JsonValueKind.Object ? error : default;
        var message = error.ValueKind == JsonValueKind.String ? error.GetString() : null;
        var details = Member(inner, "details") ?? Member(problem, "errors");
        return new(
            status,
            Text(inner, "code") ?? Text(problem, "errorCode") ?? Code(status),
            Text(inner, "message") ?? message ?? Text(problem, "errorMessage") ?? Text(problem, "detail") ?? Text(problem, "title")
                ?? $"The server answered {(int)status}.")
        {
            Details = Fields(Member(problem, "errors") ?? details),
            Reasons = ReasonsIn(details),
            RawDetails = details?.Clone(),
            RequestId = requestId,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> Fields(JsonElement? errors)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>();
        if (errors is not { ValueKind: JsonValueKind.Object } members)
            return fields;
        foreach (var field in members.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.String)
                fields[field.Name] = [field.Value.GetString()!];
            else if (field.Value.ValueKind == JsonValueKind.Array && field.Value.EnumerateArray().All(m => m.ValueKind == JsonValueKind.String))
                fields[field.Name] = [.. field.Value.EnumerateArray().Select(m => m.GetString()!)];
        }
        return fields;
    }

    /// <summary>Details of <c>infeasible</c>: the reasons themselves, or a member <c>reasons</c>.</summary>
    private static List<PlanReasonView> ReasonsIn(JsonElement? details)
    {
        var list = details is { ValueKind: JsonValueKind.Object } members ? Member(members, "reasons") : details;
        if (list is not { ValueKind: JsonValueKind.Array } array)
            return [];
        return [.. array.EnumerateArray()
            .Where(r => Text(r, "code") is not null && Text(r, "message") is not null)
            .Select(r => new PlanReasonView(Text(r, "code")!, Text(r, "message")!, Numbers(r)))];
    }

    private static Dictionary<string, double> Numbers(JsonElement reason) =>
        Member(reason, "numbers") is { ValueKind: JsonValueKind.Object } numbers
            ? numbers.EnumerateObject().Where(n => n.Value.ValueKind == JsonValueKind.Number).ToDictionary(n => n.Name, n => n.Value.GetDouble())
            : [];

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string Code(HttpStatusCode status) => $"http_{(int)status}";
}
