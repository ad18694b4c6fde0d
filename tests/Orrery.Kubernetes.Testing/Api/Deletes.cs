using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>Deletion: grace for pods, finalizers for propagation.</summary>
internal sealed class Deletes(ObjectStore store, TimeProvider clock)
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";
    private const long UsualGrace = 30;

    /// <returns>What is left of it, or how it was last.</returns>
    /// <exception cref="RefusalException">NotFound, or Conflict when a precondition does not hold.</exception>
    public JsonObject Delete(ObjectKey key, JsonObject options)
    {
        var item = store.Find(key) ?? throw RefusalException.NotFound(key);
        Check(key, item, options);
        if (options.Text("propagationPolicy") is "Foreground" or "Orphan")
            Hold(key, options.Text("propagationPolicy") == "Foreground" ? Foreground : Orphan);
        var grace = key.Resource == "pods" ? Grace(item, options) : 0;
        if (key.Resource == "namespaces")
            Hold(key, "kubernetes");
        if (grace == 0 && store.Find(key).List("metadata", "finalizers").Count == 0)
        {
            store.Remove(key);
            return item;
        }
        return store.Update(key, live =>
        {
            live.Meta()["deletionTimestamp"] ??= clock.Stamp();
            live.Meta()["deletionGracePeriodSeconds"] = grace;
            if (key.Resource == "namespaces")
                live.Child("status")["phase"] = "Terminating";
        }) ?? item;
    }

    /// <summary>Takes a finalizer off; without any left, what is being deleted goes.</summary>
    public void Release(ObjectKey key, string finalizer)
    {
        store.Update(key, live =>
        {
            var finalizers = live.List("metadata", "finalizers");
            if (finalizers.FirstOrDefault(one => one!.ToString() == finalizer) is { } held)
                finalizers.Remove(held);
        });
        Finish(key);
    }

    /// <summary>What is being deleted and is held by no finalizer goes.</summary>
    public void Finish(ObjectKey key)
    {
        if (store.Find(key) is { } left && left.IsDeleting() && left.List("metadata", "finalizers").Count == 0 && (left.Number("metadata", "deletionGracePeriodSeconds") ?? 0) == 0)
            store.Remove(key);
    }

    private static long Grace(JsonObject pod, JsonObject options)
    {
        var isRunning = pod.Text("spec", "nodeName") is not null && pod.Text("status", "phase") is "Running" or "Pending";
        if (!isRunning || pod.Text("spec", "nodeName") is null)
            return 0;
        return options.Number("gracePeriodSeconds") ?? pod.Number("spec", "terminationGracePeriodSeconds") ?? UsualGrace;
    }

    private static void Check(ObjectKey key, JsonObject item, JsonObject options)
    {
        if (options.Text("preconditions", "uid") is { } uid && uid != item.Uid())
            throw RefusalException.Conflict(key, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {item.Uid()}");
        if (options.Text("preconditions", "resourceVersion") is { } version && version != item.Text("metadata", "resourceVersion"))
            throw RefusalException.Conflict(key, "Precondition failed: ResourceVersion in precondition differs");
    }

    private void Hold(ObjectKey key, string finalizer) => store.Update(key, live =>
    {
        var finalizers = live.List("metadata", "finalizers");
        if (!finalizers.Any(one => one!.ToString() == finalizer))
            finalizers.Add(finalizer);
        live.Meta()["finalizers"] = finalizers.DeepClone();
    });
}
