using Orrery.Kubernetes.Objects;

namespace Orrery.Kubernetes;

/// <summary>What a watch tells.</summary>
public abstract record WatchEvent<T>
    where T : IKubernetesObject
{
    /// <summary>Everything there is: what was known before and is not in it is gone.</summary>
    public sealed record Listed(IReadOnlyList<T> Items, string ResourceVersion) : WatchEvent<T>;

    /// <summary>New, or changed.</summary>
    public sealed record Changed(T Item, bool IsNew) : WatchEvent<T>;

    /// <summary>Gone; <paramref name="Item"/> is how it was last.</summary>
    public sealed record Deleted(T Item) : WatchEvent<T>;

    /// <summary>Nothing new up to this version.</summary>
    public sealed record Bookmark(string ResourceVersion) : WatchEvent<T>;
}

/// <summary>Which objects.</summary>
/// <param name="Namespace">Null: of all namespaces.</param>
/// <param name="LabelSelector">Like <c>app=web,tier!=db</c>.</param>
/// <param name="FieldSelector">Like <c>metadata.name=web</c>.</param>
public sealed record Selection(string? Namespace = null, string? LabelSelector = null, string? FieldSelector = null);
