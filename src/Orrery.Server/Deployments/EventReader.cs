using System.Text.Json;
using Orrery.Contracts.Deployments;
using Orrery.Server.Errors;

namespace Orrery.Server.Deployments;

/// <summary>Checks a posted event, member by member.</summary>
internal static class EventReader
{
    private const int LongestId = 256;
    private const int LargestPayload = 64 * 1024;

    public static NewEvent Read(EventPost post)
    {
        if (post.Type is not { } type || !EventTypes.IsWellFormed(type))
            throw Refuse.Invalid("type", "must be a dotted event type like step.completed, lower-case letters and underscores");
        if (post.Timestamp is not { } timestamp)
            throw Refuse.Invalid("timestamp", "is required: an RFC 3339 time with an offset, like 2026-03-07T14:23:45Z");
        return new NewEvent(
            type, timestamp, Text("job_id", post.JobId), Text("step_id", post.StepId), Payload(post.Payload), Text("key", post.Key));
    }

    private static string? Text(string field, string? value)
    {
        if (value is null)
            return null;
        return value.Length is > 0 and <= LongestId && !value.Any(char.IsControl)
            ? value
            : throw Refuse.Invalid(field, $"must be 1 to {LongestId} printable characters");
    }

    private static string Payload(JsonElement? payload)
    {
        if (payload is not { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } value)
            return "{}";
        if (value.ValueKind != JsonValueKind.Object)
            throw Refuse.Invalid("payload", "must be an object");
        var text = value.GetRawText();
        if (text.Length > LargestPayload)
            throw Refuse.Invalid("payload", $"must not be larger than {LargestPayload} bytes");
        return text.Contains("\\u0000", StringComparison.Ordinal)
            ? throw Refuse.Invalid("payload", "must not contain the character U+0000")
            : text;
    }
}
