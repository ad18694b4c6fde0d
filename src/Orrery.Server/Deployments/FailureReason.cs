using System.Text.Json;

namespace Orrery.Server.Deployments;

/// <summary>Why an agent says that an attempt failed.</summary>
internal static class FailureReason
{
    private const int Longest = 500;

    public static string From(NewEvent posted)
    {
        using var payload = JsonDocument.Parse(posted.Payload);
        foreach (var member in new[] { "error", "reason", "message" })
        {
            if (payload.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String)
                return Shorten(value.GetString()!);
        }
        return posted.Type == EventTypes.Failover ? "failover" : "job_failed";
    }

    private static string Shorten(string text) => text.Length <= Longest ? text : text[..Longest];
}
