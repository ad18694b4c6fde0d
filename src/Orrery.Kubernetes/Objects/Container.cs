namespace Orrery.Kubernetes.Objects;

public sealed record Container
{
    public required string Name { get; init; }

    public string? Image { get; init; }

    public string? ImagePullPolicy { get; init; }

    public List<string>? Command { get; init; }

    public List<string>? Args { get; init; }

    public string? WorkingDir { get; init; }

    public List<EnvVar>? Env { get; init; }

    public List<EnvFromSource>? EnvFrom { get; init; }

    public List<ContainerPort>? Ports { get; init; }

    public ResourceRequirements? Resources { get; init; }

    public List<VolumeMount>? VolumeMounts { get; init; }

    public Probe? LivenessProbe { get; init; }

    public Probe? ReadinessProbe { get; init; }

    public Lifecycle? Lifecycle { get; init; }

    public string? TerminationMessagePolicy { get; init; }
}

public sealed record EnvVar
{
    public required string Name { get; init; }

    public string? Value { get; init; }

    public EnvVarSource? ValueFrom { get; init; }
}

public sealed record EnvVarSource
{
    public ObjectFieldSelector? FieldRef { get; init; }

    public SecretKeySelector? SecretKeyRef { get; init; }
}

public sealed record ObjectFieldSelector(string FieldPath);

public sealed record SecretKeySelector(string Name, string Key);

public sealed record EnvFromSource(LocalObjectReference? SecretRef = null);


/// <summary>Kubernetes quantities by resource name.</summary>
public sealed record ResourceRequirements
{
    public Dictionary<string, string>? Requests { get; init; }

    public Dictionary<string, string>? Limits { get; init; }
}

public sealed record VolumeMount(string Name, string MountPath, bool? ReadOnly = null);

public sealed record Probe
{
    public HttpGetAction? HttpGet { get; init; }

    public ExecAction? Exec { get; init; }

    public int? InitialDelaySeconds { get; init; }

    public int? PeriodSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? SuccessThreshold { get; init; }

    public int? FailureThreshold { get; init; }
}

public sealed record HttpGetAction(string Path, IntOrString Port);

public sealed record ExecAction(List<string> Command);

public sealed record Lifecycle(LifecycleHandler? PreStop = null);

public sealed record LifecycleHandler(ExecAction? Exec = null);

public sealed record ContainerPort
{
    [System.Text.Json.Serialization.JsonPropertyName("containerPort")]
    public required int Number { get; init; }

    public string? Protocol { get; init; }

    public string? Name { get; init; }
}
