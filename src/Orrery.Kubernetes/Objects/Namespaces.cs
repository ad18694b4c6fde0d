namespace Orrery.Kubernetes.Objects;

public sealed record Namespace : IKubernetesObject
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "Namespace";

    public ObjectMeta Metadata { get; init; } = new();

    public NamespaceStatus? Status { get; init; }
}

/// <param name="Phase">Active or Terminating.</param>
public sealed record NamespaceStatus(string? Phase = null);

/// <summary>Whom the pods of a namespace act as. A new namespace refuses pods until its <c>default</c> is there.</summary>
public sealed record ServiceAccount : IKubernetesObject
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "ServiceAccount";

    public ObjectMeta Metadata { get; init; } = new();
}

public sealed record ResourceQuota : IKubernetesObject
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "ResourceQuota";

    public ObjectMeta Metadata { get; init; } = new();

    public ResourceQuotaSpec? Spec { get; init; }

    public ResourceQuotaStatus? Status { get; init; }
}

public sealed record ResourceQuotaSpec(Dictionary<string, string>? Hard = null);

public sealed record ResourceQuotaStatus(Dictionary<string, string>? Hard = null, Dictionary<string, string>? Used = null);

public sealed record Secret : IKubernetesObject
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "Secret";

    public ObjectMeta Metadata { get; init; } = new();

    public string? Type { get; init; }

    public Dictionary<string, byte[]>? Data { get; init; }
}
