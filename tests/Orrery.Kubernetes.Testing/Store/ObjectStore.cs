using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Api;

namespace Orrery.Kubernetes.Testing.Store;

/// <summary>All objects, in one order of changes. What is handed out belongs to the receiver, but for what <see cref="Look"/> shows. An object that is stored is never changed, it is replaced.</summary>
internal sealed class ObjectStore(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ObjectKey, JsonObject> objects = [];
    private readonly Dictionary<string, Dictionary<ObjectKey, JsonObject>> byResource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<JsonObject>> sorted = new(StringComparer.Ordinal);
    private readonly List<StoredEvent> history = [];
    private TaskCompletionSource changed = NewSignal();
    private long version = 1;
    private long forgotten = 1;

    public long Version
    {
        get
        {
            lock (gate)
                return version;
        }
    }

    /// <summary>Completes with the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
                return changed.Task;
        }
    }

    public JsonObject? Find(ObjectKey key)
    {
        lock (gate)
            return objects.GetValueOrDefault(key)?.Copy();
    }

    /// <summary>In the order of their names.</summary>
    /// <param name="resource">Like <c>pods</c> or <c>deployments.apps</c>.</param>
    /// <param name="ns">Null: of all namespaces.</param>
    public (IReadOnlyList<JsonObject> Items, long Version) List(string resource, string? ns = null)
    {
        lock (gate)
            return ([.. Look(resource).Where(item => ns is null || item.Namespace() == ns).Select(item => item.Copy())], version);
    }

    /// <summary>Those of all namespaces in the order of their names, to read only: they are what is stored.</summary>
    public IReadOnlyList<JsonObject> Look(string resource)
    {
        lock (gate)
        {
            if (sorted.TryGetValue(resource, out var known))
                return known;
            var found = byResource.GetValueOrDefault(resource) ?? [];
            return sorted[resource] = [.. found.OrderBy(pair => pair.Key.Namespace, StringComparer.Ordinal).ThenBy(pair => pair.Key.Name, StringComparer.Ordinal).Select(pair => pair.Value)];
        }
    }

    /// <summary>To read only.</summary>
    public IReadOnlyList<(ObjectKey Key, JsonObject Item)> LookAtAll()
    {
        lock (gate)
            return [.. objects.Select(pair => (pair.Key, pair.Value))];
    }

    /// <exception cref="RefusalException">AlreadyExists.</exception>
    public JsonObject Create(ObjectKey key, JsonObject item)
    {
        lock (gate)
        {
            if (objects.ContainsKey(key))
                throw RefusalException.AlreadyExists(key);
            var meta = item.Meta();
            meta["uid"] = Guid.NewGuid().ToString();
            meta["creationTimestamp"] = clock.Stamp();
            meta["generation"] = 1;
            return Put(key, item, before: null);
        }
    }

    /// <summary>Changes an object; a change that changes nothing makes no event. One that is being deleted and has no finalizer left is removed.</summary>
    /// <returns>What it is now; null when there is none.</returns>
    public JsonObject? Update(ObjectKey key, Action<JsonObject> change)
    {
        lock (gate)
        {
            if (!objects.TryGetValue(key, out var before))
                return null;
            var item = before.Copy();
            change(item);
            if (JsonNode.DeepEquals(before, item))
                return item;
            if (!JsonNode.DeepEquals(before["spec"], item["spec"]))
                item.Meta()["generation"] = (before.Number("metadata", "generation") ?? 1) + 1;
            return Put(key, item, before);
        }
    }

    public bool Remove(ObjectKey key)
    {
        lock (gate)
        {
            if (!objects.Remove(key, out var before))
                return false;
            byResource[key.Resource].Remove(key);
            sorted.Remove(key.Resource);
            before = before.Copy();
            before.Meta()["resourceVersion"] = Text(version + 1);
            Tell(new StoredEvent(++version, key, null, before));
            return true;
        }
    }

    /// <exception cref="RefusalException">Expired: nobody may begin at this version any more.</exception>
    public void CheckRemembered(long after)
    {
        lock (gate)
        {
            if (after < forgotten)
                throw RefusalException.Expired($"too old resource version: {after} ({forgotten})");
        }
    }

    /// <summary>Changes after a version.</summary>
    public IReadOnlyList<StoredEvent> Since(long after)
    {
        lock (gate)
        {
            var index = history.Count;
            while (index > 0 && history[index - 1].Version > after)
                index--;
            return history[index..];
        }
    }

    /// <summary>Forgets all changes so far, as etcd does; whoever watches already goes on.</summary>
    public void Compact()
    {
        lock (gate)
            forgotten = ++version;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private JsonObject Put(ObjectKey key, JsonObject item, JsonObject? before)
    {
        item.Meta()["resourceVersion"] = Text(version + 1);
        objects[key] = item;
        if (!byResource.TryGetValue(key.Resource, out var same))
            byResource[key.Resource] = same = [];
        same[key] = item;
        sorted.Remove(key.Resource);
        Tell(new StoredEvent(++version, key, item, before));
        return item.Copy();
    }

    private void Tell(StoredEvent change)
    {
        history.Add(change);
        var signal = changed;
        changed = NewSignal();
        signal.SetResult();
    }
}
