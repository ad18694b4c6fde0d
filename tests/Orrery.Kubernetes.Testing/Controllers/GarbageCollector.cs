using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Deletes what has lost its owners, and empties namespaces that go.</summary>
internal sealed class GarbageCollector(ObjectStore store, Deletes deletes) : Controller(store)
{
    private static readonly JsonObject Background = new() { ["propagationPolicy"] = "Background" };

    protected override void Step()
    {
        var all = Store.LookAtAll();
        var uids = all.Select(one => one.Item.Uid()).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, item) in all)
        {
            var finalizers = item.List("metadata", "finalizers").Select(one => one!.ToString()).ToList();
            var owners = item.List("metadata", "ownerReferences");
            if (item.IsDeleting() && finalizers.Contains(Deletes.Orphan))
                Orphan(key, item, all);
            else if (item.IsDeleting() && finalizers.Contains(Deletes.Foreground))
                Foreground(key, item, all);
            else if (item.IsDeleting() && key.Resource == "namespaces")
                Empty(key, all);
            else if (!item.IsDeleting() && owners.Count > 0 && owners.All(owner => !uids.Contains(owner.Text("uid")!)))
                deletes.Delete(key, Background);
        }
    }

    private static IEnumerable<(ObjectKey Key, JsonObject Item)> DependentsOf(JsonObject owner, IReadOnlyList<(ObjectKey Key, JsonObject Item)> all) =>
        all.Where(one => one.Item.List("metadata", "ownerReferences").Any(reference => reference.Text("uid") == owner.Uid()));

    private void Orphan(ObjectKey key, JsonObject item, IReadOnlyList<(ObjectKey Key, JsonObject Item)> all)
    {
        foreach (var (dependent, _) in DependentsOf(item, all))
        {
            Store.Update(dependent, live =>
            {
                var left = live.List("metadata", "ownerReferences").Where(reference => reference.Text("uid") != item.Uid()).Select(reference => reference!.DeepClone()).ToArray();
                live.Meta().Remove("ownerReferences");
                if (left.Length > 0)
                    live.Meta()["ownerReferences"] = new JsonArray(left);
            });
        }
        deletes.Release(key, Deletes.Orphan);
    }

    private void Foreground(ObjectKey key, JsonObject item, IReadOnlyList<(ObjectKey Key, JsonObject Item)> all)
    {
        var dependents = DependentsOf(item, all).ToList();
        foreach (var (dependent, _) in dependents.Where(one => !one.Item.IsDeleting()))
            deletes.Delete(dependent, new JsonObject { ["propagationPolicy"] = "Foreground" });
        if (dependents.Count == 0)
            deletes.Release(key, Deletes.Foreground);
    }

    private void Empty(ObjectKey key, IReadOnlyList<(ObjectKey Key, JsonObject Item)> all)
    {
        var content = all.Where(one => one.Key.Namespace == key.Name).ToList();
        foreach (var (inside, _) in content.Where(one => !one.Item.IsDeleting()))
            deletes.Delete(inside, Background);
        if (content.Count == 0)
            deletes.Release(key, "kubernetes");
    }
}
