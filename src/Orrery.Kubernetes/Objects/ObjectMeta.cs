namespace Orrery.Kubernetes.Objects;

/// <summary>What every object has.</summary>
public interface IKubernetesObject
{
    string ApiVersion { get; }

    string Kind { get; }

    ObjectMeta Metadata { get; }
}

public sealed record ObjectMeta
{
    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public long? Generation { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public DateTimeOffset? DeletionTimestamp { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }

    public List<OwnerReference>? OwnerReferences { get; init; }

    public List<string>? Finalizers { get; init; }
}

public sealed record OwnerReference
{
    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public bool? Controller { get; init; }

    public bool? BlockOwnerDeletion { get; init; }

    /// <summary>A reference to an object that is there.</summary>
    public static OwnerReference To(IKubernetesObject owner, bool controller = false) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name ?? throw new ArgumentException("An owner has a name.", nameof(owner)),
        Uid = owner.Metadata.Uid ?? throw new ArgumentException("An owner is in the cluster already.", nameof(owner)),
        Controller = controller ? true : null,
        BlockOwnerDeletion = true,
    };
}

public sealed record LabelSelector
{
    public Dictionary<string, string>? MatchLabels { get; init; }
}

/// <summary>Name of an object in the same namespace.</summary>
public sealed record LocalObjectReference(string Name);

/// <summary>A page of objects.</summary>
public sealed record ObjectList<T>
{
    public ListMeta Metadata { get; init; } = new();

    public List<T> Items { get; init; } = [];
}

public sealed record ListMeta
{
    public string? ResourceVersion { get; init; }

    /// <summary>Where the next page begins; null or "" after the last.</summary>
    public string? Continue { get; init; }

    public long? RemainingItemCount { get; init; }
}
