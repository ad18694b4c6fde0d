using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>All objects of one kind as a watch tells them: who is told of an object is told once of its end, also when the watch had a gap.</summary>
/// <param name="put">New, or changed.</param>
/// <param name="drop">Gone; as it was last.</param>
internal sealed class KindCache<T>(Action<T> put, Action<T> drop)
    where T : class, IKubernetesObject
{
    private readonly Dictionary<(string? Namespace, string? Name), T> items = [];

    public T? Find(string? ns, string? name) => items.GetValueOrDefault((ns, name));

    public void Take(WatchEvent<T> told)
    {
        switch (told)
        {
            case WatchEvent<T>.Listed listed:
                TakeAll(listed.Items);
                break;
            case WatchEvent<T>.Changed changed:
                Put(changed.Item);
                break;
            case WatchEvent<T>.Deleted deleted:
                items.Remove(Key(deleted.Item));
                drop(deleted.Item);
                break;
        }
    }

    private void TakeAll(IReadOnlyList<T> present)
    {
        var there = present.Select(item => (Key(item), item.Metadata.Uid)).ToHashSet();
        foreach (var gone in items.Values.Where(item => !there.Contains((Key(item), item.Metadata.Uid))).ToList())
        {
            items.Remove(Key(gone));
            drop(gone);
        }
        foreach (var item in present)
            Put(item);
    }

    private void Put(T item)
    {
        items[Key(item)] = item;
        put(item);
    }

    private static (string?, string?) Key(T item) => (item.Metadata.Namespace, item.Metadata.Name);
}
