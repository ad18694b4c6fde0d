namespace Orrery.Client.Http;

internal static class Credentials
{
    /// <summary>Users' calls.</summary>
    public static Dictionary<string, string> Bearer(string? apiKey) =>
        apiKey is null ? [] : new() { ["Authorization"] = $"Bearer {apiKey}" };

    /// <summary>Agents' own calls, which take nothing else.</summary>
    public static Dictionary<string, string> Agent(string? apiKey, string agentId) =>
        apiKey is null ? new() { ["X-Agent-ID"] = agentId } : new() { ["X-API-Key"] = apiKey, ["X-Agent-ID"] = agentId };
}
