using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Merging;

/// <summary>The leaves of an object by their paths, like <c>.spec.containers[name=main].image</c>.</summary>
internal static class FieldSet
{
    private static readonly HashSet<string> Unowned =
    [
        ".apiVersion", ".kind", ".metadata.name", ".metadata.namespace", ".metadata.uid", ".metadata.resourceVersion", ".metadata.generation",
        ".metadata.creationTimestamp", ".metadata.deletionTimestamp", ".metadata.deletionGracePeriodSeconds", ".metadata.managedFields",
    ];

    public static Dictionary<string, JsonNode?> Leaves(JsonObject item, bool hasKeys)
    {
        var leaves = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        Collect(item, "", "", hasKeys, leaves);
        return leaves;
    }

    /// <summary>The leaf by which an item of a list is known: it is the last to go.</summary>
    public static bool IsKey(string path)
    {
        var dot = path.LastIndexOf('.');
        var open = path.LastIndexOf('[');
        return open > 0 && path[dot - 1] == ']' && path[(open + 1)..].StartsWith(path[(dot + 1)..] + "=", StringComparison.Ordinal);
    }

    /// <summary>Takes a leaf out, and what is empty after it.</summary>
    public static void Remove(JsonObject item, string path) => Remove(item, "", "", path);

    private static bool Remove(JsonNode node, string at, string field, string path)
    {
        if (node is JsonObject map)
        {
            foreach (var (name, child) in map.ToList())
            {
                var next = $"{at}.{name}";
                if (next == path || (child is not null && path.StartsWith(next, StringComparison.Ordinal) && Remove(child, next, name, path)))
                    map.Remove(name);
            }
            return map.Count == 0;
        }
        if (node is not JsonArray list || MergeKeys.Of(field, list) is not { } key)
            return false;
        foreach (var one in list.OfType<JsonObject>().ToList())
        {
            var next = $"{at}[{key}={one.Text(key)}]";
            if (path.StartsWith(next, StringComparison.Ordinal) && (one.Count == 1 || (path != $"{next}.{key}" && Remove(one, next, "", path))))
                list.Remove(one);
        }
        return list.Count == 0;
    }

    private static void Collect(JsonNode? node, string at, string field, bool hasKeys, Dictionary<string, JsonNode?> leaves)
    {
        if (Unowned.Contains(at) || at == ".status")
            return;
        if (node is JsonObject { Count: > 0 } map)
        {
            foreach (var (name, child) in map)
                Collect(child, $"{at}.{name}", name, hasKeys, leaves);
        }
        else if (hasKeys && node is JsonArray list && MergeKeys.Of(field, list) is { } key)
        {
            foreach (var one in list.OfType<JsonObject>())
                Collect(one, $"{at}[{key}={one.Text(key)}]", "", hasKeys, leaves);
        }
        else
        {
            leaves[at] = node;
        }
    }
}
