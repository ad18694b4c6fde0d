namespace Orrery.Kubernetes.Objects;

public sealed record StatefulSet : IKubernetesObject
{
    public string ApiVersion { get; init; } = "apps/v1";

    public string Kind { get; init; } = "StatefulSet";

    public ObjectMeta Metadata { get; init; } = new();

    public StatefulSetSpec? Spec { get; init; }

    public StatefulSetStatus? Status { get; init; }
}

public sealed record StatefulSetSpec
{
    public int? Replicas { get; init; }

    public required LabelSelector Selector { get; init; }

    public required PodTemplateSpec Template { get; init; }

    /// <summary>The headless service that names its pods.</summary>
    public required string ServiceName { get; init; }

    /// <summary>OrderedReady or Parallel.</summary>
    public string? PodManagementPolicy { get; init; }

    public int? RevisionHistoryLimit { get; init; }
}

public sealed record StatefulSetStatus
{
    public long? ObservedGeneration { get; init; }

    public int? Replicas { get; init; }

    public int? ReadyReplicas { get; init; }

    public int? CurrentReplicas { get; init; }

    public int? UpdatedReplicas { get; init; }

    public string? CurrentRevision { get; init; }

    public string? UpdateRevision { get; init; }
}
