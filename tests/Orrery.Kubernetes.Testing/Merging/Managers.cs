using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Merging;

/// <summary>Which manager owns which leaves of an object; kept in its <c>managedFields</c>.</summary>
internal sealed class Managers
{
    private readonly Dictionary<(string Manager, string Operation), HashSet<string>> owned = [];

    public Managers(JsonObject? item)
    {
        foreach (var entry in item.List("metadata", "managedFields").OfType<JsonObject>())
            owned[(entry.Text("manager")!, entry.Text("operation")!)] = [.. entry.List("fieldsV1", "paths").Select(path => path!.ToString())];
    }

    public IReadOnlySet<string> Applied(string manager) => owned.GetValueOrDefault((manager, "Apply")) ?? [];

    public IEnumerable<string> OthersThan(string manager, string path) => owned.Where(pair => pair.Key != (manager, "Apply") && pair.Value.Contains(path)).Select(pair => pair.Key.Manager);

    public bool IsOwned(string path) => owned.Values.Any(paths => paths.Contains(path));

    public void Apply(string manager, IEnumerable<string> paths) => owned[(manager, "Apply")] = [.. paths];

    /// <summary>A write that is no apply takes over what it changed.</summary>
    public void Update(string manager, IReadOnlyCollection<string> changed)
    {
        Disown(changed);
        if (!owned.TryGetValue((manager, "Update"), out var paths))
            owned[(manager, "Update")] = paths = [];
        paths.UnionWith(changed);
    }

    public void Disown(IReadOnlyCollection<string> paths, (string, string)? except = null)
    {
        foreach (var (_, set) in owned.Where(pair => pair.Key != except))
            set.ExceptWith(paths);
    }

    public void Save(JsonObject item) => item.Meta()["managedFields"] = new JsonArray(
    [
        .. owned.Where(pair => pair.Value.Count > 0).Select(pair => new JsonObject
        {
            ["manager"] = pair.Key.Manager,
            ["operation"] = pair.Key.Operation,
            ["fieldsV1"] = new JsonObject { ["paths"] = new JsonArray([.. pair.Value.Order(StringComparer.Ordinal).Select(path => (JsonNode)path)]) },
        }),
    ]);
}
