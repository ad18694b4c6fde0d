using System.Text.Json.Serialization;

namespace Orrery.Kubernetes.Objects;

public sealed record Service : IKubernetesObject
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "Service";

    public ObjectMeta Metadata { get; init; } = new();

    public ServiceSpec? Spec { get; init; }
}

public sealed record ServiceSpec
{
    /// <summary>ClusterIP or NodePort.</summary>
    public string? Type { get; init; }

    /// <summary>None for a headless service.</summary>
    [JsonPropertyName("clusterIP")]
    public string? ClusterIp { get; init; }

    public Dictionary<string, string>? Selector { get; init; }

    public List<ServicePort>? Ports { get; init; }

    /// <summary>Names of pods resolve before they are ready: ranks find each other.</summary>
    public bool? PublishNotReadyAddresses { get; init; }
}

public sealed record ServicePort
{
    public string? Name { get; init; }

    /// <summary>TCP or UDP.</summary>
    public string? Protocol { get; init; }

    public required int Port { get; init; }

    public IntOrString? TargetPort { get; init; }

    public int? NodePort { get; init; }
}
