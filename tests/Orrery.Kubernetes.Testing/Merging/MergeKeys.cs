using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Merging;

/// <summary>By what the items of a list are told apart; lists without a key are one value.</summary>
internal static class MergeKeys
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["containers"] = ["name"],
        ["initContainers"] = ["name"],
        ["env"] = ["name"],
        ["ports"] = ["containerPort", "port"],
        ["volumes"] = ["name"],
        ["volumeMounts"] = ["mountPath"],
        ["ownerReferences"] = ["uid"],
        ["conditions"] = ["type"],
        ["taints"] = ["key"],
    };

    public static string? Of(string field, JsonArray items) =>
        Known.GetValueOrDefault(field)?.FirstOrDefault(key => items.Count > 0 && items.All(item => item is JsonObject one && one.ContainsKey(key)));

    public static JsonObject? Find(JsonArray items, string key, string? value) => items.OfType<JsonObject>().FirstOrDefault(item => item.Text(key) == value);
}
