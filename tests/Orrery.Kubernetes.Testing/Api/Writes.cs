using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Merging;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>Create, apply and patch.</summary>
internal sealed class Writes(ObjectStore store, Admission admission, Deletes deletes)
{
    public JsonObject Create(RequestPath path, JsonObject item, string manager)
    {
        admission.Prepare(path, item);
        Own(item, [], path.Kind, manager);
        return store.Create(path.Key with { Name = item.Name() }, item);
    }

    /// <returns>And whether it is new.</returns>
    public (JsonObject Item, bool IsNew) Apply(RequestPath path, JsonObject applied, string manager, bool force)
    {
        applied.Meta()["namespace"] ??= path.Namespace;
        var changed = store.Update(path.Key, live => ServerSideApply.Apply(live, applied, path.Kind, manager, force));
        if (changed is not null)
            return (changed, false);
        var item = new JsonObject();
        ServerSideApply.Apply(item, applied, path.Kind, manager, force);
        admission.Prepare(path, item);
        return (store.Create(path.Key, item), true);
    }

    public JsonObject Patch(RequestPath path, string form, JsonNode patch, string manager)
    {
        var changed = store.Update(path.Key, live => Change(path, live, form, patch, manager)) ?? throw RefusalException.NotFound(path.Key);
        deletes.Finish(path.Key);
        return changed;
    }

    private static void Change(RequestPath path, JsonObject live, string form, JsonNode patch, string manager)
    {
        var before = live.Copy();
        switch (form)
        {
            case "application/merge-patch+json":
                CheckVersion(path, live, patch);
                Patches.Merge(live, patch.AsObject(), hasKeys: false);
                break;
            case "application/strategic-merge-patch+json" when path.Kind.IsCustom:
                throw new RefusalException(415, "UnsupportedMediaType", "the body of the request was in an unknown format");
            case "application/strategic-merge-patch+json":
                CheckVersion(path, live, patch);
                Patches.Merge(live, patch.AsObject(), hasKeys: true);
                break;
            default:
                Patches.Operate(live, patch.AsArray());
                break;
        }
        KeepHalf(path, before, live);
        Own(live, FieldSet.Leaves(before, !path.Kind.IsCustom), path.Kind, manager);
    }

    /// <summary>The status subresource changes the status only, the object all but the status.</summary>
    private static void KeepHalf(RequestPath path, JsonObject before, JsonObject live)
    {
        if (path.Subresource == "status")
        {
            var status = live["status"]?.DeepClone();
            foreach (var name in live.Select(pair => pair.Key).ToList())
                live[name] = before[name]?.DeepClone();
            live["status"] = status;
        }
        else if (before["status"] is { } status)
        {
            live["status"] = status.DeepClone();
        }
    }

    private static void CheckVersion(RequestPath path, JsonObject live, JsonNode patch)
    {
        if (patch.Text("metadata", "resourceVersion") is { } wanted && wanted != live.Text("metadata", "resourceVersion"))
            throw RefusalException.Conflict(path.Key, "the object has been modified; please apply your changes to the latest version and try again");
        if (patch.Text("metadata", "uid") is { } uid && uid != live.Uid())
            throw RefusalException.Conflict(path.Key, "Precondition failed: UID in precondition differs");
    }

    private static void Own(JsonObject item, Dictionary<string, JsonNode?> before, ResourceKind kind, string manager)
    {
        var changed = FieldSet.Leaves(item, !kind.IsCustom).Where(leaf => !before.TryGetValue(leaf.Key, out var old) || !JsonNode.DeepEquals(old, leaf.Value)).Select(leaf => leaf.Key).ToList();
        if (changed.Count == 0)
            return;
        var managers = new Managers(item);
        managers.Update(manager, changed);
        managers.Save(item);
    }
}
