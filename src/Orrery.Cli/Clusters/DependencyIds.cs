using System.Text.Json.Nodes;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters;

/// <summary>What a file calls the workloads that another one waits for.</summary>
internal static class DependencyIds
{
    public static string? NameOf(JsonObject workload) =>
        workload["displayName"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Names of workloads made just before, and beginnings of ids, become ids.</summary>
    public static async Task Resolve(CommandContext context, JsonObject workload, IReadOnlyDictionary<string, string> idsByName, CancellationToken cancellation)
    {
        if (workload["dependencies"] is not JsonArray dependencies)
            return;
        for (var i = 0; i < dependencies.Count; i++)
        {
            if (dependencies[i] is JsonValue value && value.TryGetValue<string>(out var text))
                dependencies[i] = idsByName.GetValueOrDefault(text) ?? await WorkloadIds.Resolve(context, text, cancellation);
        }
    }
}
