using System.Text.Json.Serialization;

namespace Orrery.Kubernetes.Objects;

public sealed record Pod : IKubernetesObject
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "Pod";

    public ObjectMeta Metadata { get; init; } = new();

    public PodSpec? Spec { get; init; }

    public PodStatus? Status { get; init; }
}

public sealed record PodTemplateSpec
{
    public ObjectMeta? Metadata { get; init; }

    public PodSpec? Spec { get; init; }
}

public sealed record PodSpec
{
    public required List<Container> Containers { get; init; }

    /// <summary>Run one after the other, each to its good end, before the others start.</summary>
    public List<Container>? InitContainers { get; init; }

    /// <summary>Always, OnFailure or Never.</summary>
    public string? RestartPolicy { get; init; }

    public string? NodeName { get; init; }

    public Dictionary<string, string>? NodeSelector { get; init; }

    public Affinity? Affinity { get; init; }

    public List<Toleration>? Tolerations { get; init; }

    public List<Volume>? Volumes { get; init; }

    public string? Hostname { get; init; }

    public string? Subdomain { get; init; }

    public long? TerminationGracePeriodSeconds { get; init; }

    public string? ServiceAccountName { get; init; }

    public bool? AutomountServiceAccountToken { get; init; }

    public bool? EnableServiceLinks { get; init; }

    /// <summary>The first process of a container is then not process 1: signals end it as they end any other.</summary>
    public bool? ShareProcessNamespace { get; init; }
}

public sealed record PodStatus
{
    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string? Phase { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public List<Condition>? Conditions { get; init; }

    public List<ContainerStatus>? ContainerStatuses { get; init; }

    public List<ContainerStatus>? InitContainerStatuses { get; init; }

    [JsonPropertyName("hostIP")]
    public string? HostIp { get; init; }

    [JsonPropertyName("podIP")]
    public string? PodIp { get; init; }

    public DateTimeOffset? StartTime { get; init; }
}

public sealed record ContainerStatus
{
    public required string Name { get; init; }

    public bool Ready { get; init; }

    public int RestartCount { get; init; }

    public ContainerState? State { get; init; }

    public ContainerState? LastState { get; init; }
}

/// <summary>One of its members is there.</summary>
public sealed record ContainerState
{
    public ContainerStateWaiting? Waiting { get; init; }

    public ContainerStateRunning? Running { get; init; }

    public ContainerStateTerminated? Terminated { get; init; }
}

public sealed record ContainerStateWaiting(string? Reason = null, string? Message = null);

public sealed record ContainerStateRunning(DateTimeOffset? StartedAt = null);

public sealed record ContainerStateTerminated
{
    public int ExitCode { get; init; }

    public int? Signal { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>One thing that is, is not or may be true of an object.</summary>
public sealed record Condition
{
    public required string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset? LastTransitionTime { get; init; }
}
