namespace Orrery.Kubernetes.Objects;

public sealed record Deployment : IKubernetesObject
{
    public string ApiVersion { get; init; } = "apps/v1";

    public string Kind { get; init; } = "Deployment";

    public ObjectMeta Metadata { get; init; } = new();

    public DeploymentSpec? Spec { get; init; }

    public DeploymentStatus? Status { get; init; }
}

public sealed record DeploymentSpec
{
    public int? Replicas { get; init; }

    public required LabelSelector Selector { get; init; }

    public required PodTemplateSpec Template { get; init; }

    public DeploymentStrategy? Strategy { get; init; }

    public int? MinReadySeconds { get; init; }

    public int? RevisionHistoryLimit { get; init; }

    public int? ProgressDeadlineSeconds { get; init; }
}

/// <param name="Type">RollingUpdate or Recreate.</param>
/// <param name="RollingUpdate">How far it may go.</param>
public sealed record DeploymentStrategy(string? Type = null, RollingUpdateDeployment? RollingUpdate = null);

public sealed record RollingUpdateDeployment(IntOrString? MaxSurge = null, IntOrString? MaxUnavailable = null);

public sealed record DeploymentStatus
{
    public long? ObservedGeneration { get; init; }

    public int? Replicas { get; init; }

    public int? UpdatedReplicas { get; init; }

    public int? ReadyReplicas { get; init; }

    public int? AvailableReplicas { get; init; }

    public List<Condition>? Conditions { get; init; }
}
