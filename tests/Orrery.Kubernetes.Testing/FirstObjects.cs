using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing;

/// <summary>What a new cluster has: its usual namespaces, and nodes as large as this machine.</summary>
internal static class FirstObjects
{
    public static void Make(ObjectStore store, ApiServerDoubleOptions options)
    {
        foreach (var name in new[] { "default", "kube-system" })
            store.Create(new ObjectKey("namespaces", "", name), new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name }, ["status"] = new JsonObject { ["phase"] = "Active" } });
        foreach (var name in options.Nodes)
            store.Create(new ObjectKey("nodes", "", name), Node(name, options.Clock));
    }

    private static JsonObject Node(string name, TimeProvider clock) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Node",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["kubernetes.io/hostname"] = name, ["kubernetes.io/os"] = "linux" } },
        ["spec"] = new JsonObject(),
        ["status"] = new JsonObject
        {
            ["capacity"] = Amounts(),
            ["allocatable"] = Amounts(),
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True", ["reason"] = "KubeletReady", ["lastTransitionTime"] = clock.Stamp() }),
            ["addresses"] = new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = "127.0.0.1" }, new JsonObject { ["type"] = "Hostname", ["address"] = name }),
        },
    };

    private static JsonObject Amounts() => new() { ["cpu"] = $"{Environment.ProcessorCount}", ["memory"] = "16Gi", ["ephemeral-storage"] = "100Gi", ["pods"] = "110" };
}
