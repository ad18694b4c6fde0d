namespace Orrery.Kubernetes.Objects;

/// <summary>Kubeflow's training job, <c>kubeflow.org/v1</c>.</summary>
public sealed record PyTorchJob : IKubernetesObject
{
    public string ApiVersion { get; init; } = "kubeflow.org/v1";

    public string Kind { get; init; } = "PyTorchJob";

    public ObjectMeta Metadata { get; init; } = new();

    public PyTorchJobSpec? Spec { get; init; }

    public JobStatus? Status { get; init; }
}

public sealed record PyTorchJobSpec
{
    /// <summary>By role: Master, Worker.</summary>
    public required Dictionary<string, JobReplicaSpec> PytorchReplicaSpecs { get; init; }

    public RunPolicy? RunPolicy { get; init; }
}

public sealed record JobReplicaSpec
{
    public int? Replicas { get; init; }

    public string? RestartPolicy { get; init; }

    public required PodTemplateSpec Template { get; init; }
}

public sealed record RunPolicy
{
    /// <summary>Which pods go when the job has ended: None, Running or All.</summary>
    public string? CleanPodPolicy { get; init; }

    public int? BackoffLimit { get; init; }
}

public sealed record JobStatus
{
    /// <summary>Created, Running, Restarting, Succeeded, Failed.</summary>
    public List<Condition>? Conditions { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? CompletionTime { get; init; }
}
