using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Merging;

/// <summary>The three forms of a patch. Each changes <c>item</c> in place.</summary>
internal static class Patches
{
    /// <summary>RFC 7386; with <paramref name="hasKeys"/> the strategic form: lists merge by their keys, <c>$patch: delete</c> removes an item.</summary>
    public static void Merge(JsonObject item, JsonObject patch, bool hasKeys)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                item.Remove(name);
            else if (value is JsonObject map)
                Merge(item.Child(name), map, hasKeys);
            else if (hasKeys && value is JsonArray list && item[name] is JsonArray items && MergeKeys.Of(name, list) is { } key)
                MergeItems(items, list, key);
            else
                item[name] = value.DeepClone();
        }
    }

    /// <summary>RFC 6902: add, remove, replace and test.</summary>
    /// <exception cref="RefusalException">Invalid: a path is not there, or a test fails.</exception>
    public static void Operate(JsonObject item, JsonArray operations)
    {
        foreach (var operation in operations.OfType<JsonObject>())
        {
            var path = operation.Text("path")!.Split('/')[1..].Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
            var parent = path[..^1].Aggregate((JsonNode?)item, Step) ?? throw Missing(operation);
            var value = operation["value"]?.DeepClone();
            switch (operation.Text("op"))
            {
                case "test" when !JsonNode.DeepEquals(Step(parent, path[^1]), value):
                    throw new RefusalException(422, "Invalid", $"testing value {operation.Text("path")} failed");
                case "test":
                    break;
                case "add" when parent is JsonArray list:
                    list.Insert(path[^1] == "-" ? list.Count : int.Parse(path[^1]), value);
                    break;
                case "remove" when parent is JsonArray list:
                    list.RemoveAt(int.Parse(path[^1]));
                    break;
                case "remove":
                    if (!parent.AsObject().Remove(path[^1]))
                        throw Missing(operation);
                    break;
                case "replace" when Step(parent, path[^1]) is null:
                    throw Missing(operation);
                default:
                    if (parent is JsonArray items)
                        items[int.Parse(path[^1])] = value;
                    else
                        parent.AsObject()[path[^1]] = value;
                    break;
            }
        }
    }

    private static JsonNode? Step(JsonNode? node, string part) => node switch
    {
        JsonObject map => map[part],
        JsonArray list when int.TryParse(part, out var index) && index < list.Count => list[index],
        _ => null,
    };

    private static RefusalException Missing(JsonObject operation) => new(422, "Invalid", $"the path {operation.Text("path")} is not there");

    private static void MergeItems(JsonArray items, JsonArray patch, string key)
    {
        foreach (var one in patch.OfType<JsonObject>())
        {
            var known = MergeKeys.Find(items, key, one.Text(key));
            if (one.Text("$patch") == "delete")
                items.Remove(known);
            else if (known is not null)
                Merge(known, one, hasKeys: true);
            else
                items.Add(one.DeepClone());
        }
    }
}
