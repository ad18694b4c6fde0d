using System.Text.Json;
using System.Text.Json.Nodes;
using Orrery.Cli.Clusters.Input;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Views;

/// <summary>A workload as the file that <c>create</c> would make it again from: what was asked for, without state and defaults.</summary>
internal static class SpecDocument
{
    private const string EntryPoint = "entryPoint";

    /// <param name="answer">The server's answer, as JSON.</param>
    public static string Of(string answer)
    {
        var asked = JsonSerializer.Deserialize(answer, ClusterJson.Default.CreateWorkloadRequest)!;
        asked.Unknown = null;
        var service = asked.Service is { } given ? given with { Address = null } : null;
        var members = JsonSerializer.SerializeToNode(asked with { Service = service }, ClusterJson.Default.CreateWorkloadRequest)!.AsObject();
        Prune(members);
        if (members[EntryPoint]?.GetValue<string>() is { } entryPoint && ShellText.Decoded(entryPoint) is { } source)
        {
            members.Remove(EntryPoint);
            members["command"] = source;
        }
        return members.ToJsonString();
    }

    /// <summary>Zero, "", false, {}, [] and null mean absent; but a clean-up after no time is 0.</summary>
    private static void Prune(JsonObject members)
    {
        foreach (var (name, value) in members.ToList())
        {
            if (value is JsonObject inner)
                Prune(inner);
            foreach (var item in (value as JsonArray ?? []).OfType<JsonObject>())
                Prune(item);
            if (IsAbsent(value) && name != "ttlSecondsAfterFinished")
                members.Remove(name);
        }
    }

    private static bool IsAbsent(JsonNode? value) => value switch
    {
        null => true,
        JsonObject members => members.Count == 0,
        JsonArray items => items.Count == 0,
        JsonValue plain => plain.GetValueKind() == JsonValueKind.False || plain.ToJsonString() is "0" or "\"\"",
        _ => false,
    };
}
