using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Merging;

/// <summary>Server-side apply: values merge by path, fields have managers, who says less than before takes back.</summary>
internal static class ServerSideApply
{
    /// <param name="live">Changed in place.</param>
    /// <param name="applied">What the manager says.</param>
    /// <param name="kind">Of both.</param>
    /// <param name="manager">Who says it.</param>
    /// <param name="force">Takes over from others.</param>
    /// <exception cref="RefusalException">Conflict: another manager has another value.</exception>
    public static void Apply(JsonObject live, JsonObject applied, ResourceKind kind, string manager, bool force)
    {
        var managers = new Managers(live);
        var says = FieldSet.Leaves(applied, !kind.IsCustom);
        var has = FieldSet.Leaves(live, !kind.IsCustom);
        var conflicts = says.Where(leaf => has.ContainsKey(leaf.Key) && !JsonNode.DeepEquals(has[leaf.Key], leaf.Value))
            .SelectMany(leaf => managers.OthersThan(manager, leaf.Key).Select(other => (leaf.Key, other))).ToList();
        if (conflicts.Count > 0 && !force)
            throw Conflict(kind, applied.Name(), conflicts);
        managers.Disown([.. conflicts.Select(conflict => conflict.Key)], (manager, "Apply"));
        var before = managers.Applied(manager).ToList();
        managers.Apply(manager, says.Keys);
        MergeTrees(live, applied, !kind.IsCustom);
        foreach (var path in before.Where(path => !says.ContainsKey(path) && !managers.IsOwned(path)).OrderBy(FieldSet.IsKey))
            FieldSet.Remove(live, path);
        managers.Save(live);
    }

    private static void MergeTrees(JsonObject into, JsonObject from, bool hasKeys)
    {
        foreach (var (name, value) in from)
        {
            if (value is JsonObject map && into[name] is JsonObject known)
                MergeTrees(known, map, hasKeys);
            else if (hasKeys && value is JsonArray list && into[name] is JsonArray items && MergeKeys.Of(name, list) is { } key)
                MergeLists(items, list, key);
            else
                into[name] = value?.DeepClone();
        }
    }

    private static void MergeLists(JsonArray into, JsonArray from, string key)
    {
        foreach (var one in from.OfType<JsonObject>())
        {
            if (MergeKeys.Find(into, key, one.Text(key)) is { } known)
                MergeTrees(known, one, hasKeys: true);
            else
                into.Add(one.DeepClone());
        }
    }

    private static RefusalException Conflict(ResourceKind kind, string name, List<(string Path, string Manager)> conflicts) => new(
        409, "Conflict", $"Apply failed with {conflicts.Count} conflict{(conflicts.Count == 1 ? "" : "s")}: {string.Join(", ", conflicts.Select(one => $"conflict with \"{one.Manager}\": {one.Path}"))} ({kind.Resource} {name})",
        [.. conflicts.Select(one => new JsonObject { ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with \"{one.Manager}\"", ["field"] = one.Path })]);
}
