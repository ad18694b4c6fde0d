using System.CommandLine;
using System.Text.Json.Nodes;
using Flags = Orrery.Cli.Clusters.Input.WorkloadFlags;

namespace Orrery.Cli.Clusters.Input;

/// <summary>Lays the flags that were given over a workload.</summary>
internal static class WorkloadOverlay
{
    public static void Apply(ParseResult options, JsonObject workload)
    {
        Set(workload, "displayName", options.GetValue(Flags.Name));
        Set(workload, "description", options.GetValue(Flags.Description));
        Set(workload, "workspaceId", options.GetValue(Flags.Workspace));
        Set(workload, "image", options.GetValue(Flags.Image));
        Set(workload, "priority", options.GetValue(Flags.Priority));
        Set(workload, "timeout", options.GetValue(Flags.Timeout));
        Set(workload, "maxRetry", options.GetValue(Flags.MaxRetry));
        Set(workload, "ttlSecondsAfterFinished", options.GetValue(Flags.Ttl));
        Set(workload, "isSupervised", options.GetValue(Flags.Supervised) ? true : null);
        Set(workload, "isTolerateAll", options.GetValue(Flags.TolerateAll) ? true : null);
        Set(workload, "specifiedNodes", List(options.GetValue(Flags.Node)));
        Set(workload, "dependencies", List(options.GetValue(Flags.DependsOn)));
        Merge(workload, "env", options.GetValue(Flags.Env));
        Merge(workload, "customerLabels", options.GetValue(Flags.Label));
        Resource(options, workload);
        Service(options, workload);
        if (options.GetValue(Flags.Kind) is { } kind)
            Child(workload, "groupVersionKind")["kind"] = Flags.KindName(kind);
        if (options.GetValue(Flags.Schedule) is { } schedule)
            workload["cronJobs"] = new JsonArray(new JsonObject { ["schedule"] = schedule, ["action"] = "start" });
    }

    private static void Resource(ParseResult options, JsonObject workload)
    {
        var given = new JsonObject();
        Set(given, "replica", options.GetValue(Flags.Replicas));
        Set(given, "cpu", options.GetValue(Flags.Cpu));
        Set(given, "gpu", options.GetValue(Flags.Gpu));
        Set(given, "memory", options.GetValue(Flags.Memory));
        Set(given, "ephemeralStorage", options.GetValue(Flags.Storage));
        Set(given, "sharedMemory", options.GetValue(Flags.SharedMemory));
        Merge(workload, "resource", given);
    }

    private static void Service(ParseResult options, JsonObject workload)
    {
        var given = new JsonObject();
        Set(given, "targetPort", options.GetValue(Flags.Port));
        Set(given, "port", options.GetValue(Flags.ServicePort));
        Merge(workload, "service", given);
    }

    private static JsonArray? List(string[]? items) =>
        items is { Length: > 0 } ? new JsonArray([.. items.Select(i => (JsonNode)i)]) : null;

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
            target[name] = value;
    }

    private static void Merge(JsonObject workload, string name, string[]? pairs) => Merge(workload, name, KeyValues.Object(pairs ?? []));

    private static void Merge(JsonObject workload, string name, JsonObject given)
    {
        if (given.Count == 0)
            return;
        var target = Child(workload, name);
        foreach (var (member, value) in given)
            target[member] = value?.DeepClone();
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
            parent[name] = child = [];
        return child;
    }
}
