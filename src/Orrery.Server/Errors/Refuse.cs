namespace Orrery.Server.Errors;

/// <summary>The refusals of surfaces A and B, by code.</summary>
internal static class Refuse
{
    public static ApiException Unauthorized(string message) => new(401, "invalid_api_key", message);

    public static ApiException Forbidden(string message) => new(403, "forbidden", message);

    public static ApiException NotFound(string what, string id) =>
        new(404, "not_found", $"There is no {what} '{Shorten(id)}' that you may see.");

    public static ApiException InvalidBody(string message) => new(400, "invalid_body", message);

    public static ApiException Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static ApiException Invalid(IReadOnlyDictionary<string, string[]> fields)
    {
        var (field, messages) = fields.First();
        var more = fields.Count > 1 ? $" (and {fields.Count - 1} more)" : "";
        return new(400, "validation_error", $"{field}: {messages[0]}{more}") { Fields = fields };
    }

    public static ApiException TooLarge(long limit) => new(413, "payload_too_large", $"The body is larger than {limit} bytes.");

    public static ApiException Encoded(string encoding) =>
        new(415, "unsupported_media_type", $"Content-Encoding: {Shorten(encoding)} is not read here; send the body as it is.");

    public static ApiException AlreadyFinished(string id, string phase) =>
        new(409, "already_finished", $"Workload '{id}' has ended already: {phase}.");

    public static ApiException StorageFull() => new(507, "storage_full", "The server's storage is full; nothing was written.");

    public static ApiException RateLimited(TimeSpan retryAfter) =>
        new(429, "rate_limited", "Too many requests; try again later.") { RetryAfter = retryAfter };

    public static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
