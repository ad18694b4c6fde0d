using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Contracts.Clusters;

/// <summary>Body of <c>POST /api/v1/workloads</c>. Zero, "", {} and [] mean absent, except where said.</summary>
public sealed record CreateWorkloadRequest
{
    /// <summary>Display only; the id is made from it.</summary>
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? WorkspaceId { get; init; }

    /// <summary>Nodes to run on, one replica each; overrides <c>resource.replica</c>.</summary>
    public List<string>? SpecifiedNodes { get; init; }

    public WorkloadResource? Resource { get; init; }

    public string? Image { get; init; }

    /// <summary>Base64 of UTF-8 shell source.</summary>
    public string? EntryPoint { get; init; }

    public bool? IsSupervised { get; init; }

    /// <summary>0–2.</summary>
    public int? Priority { get; init; }

    /// <summary>Seconds of running; 0: none.</summary>
    public long? Timeout { get; init; }

    public int? MaxRetry { get; init; }

    /// <summary>Seconds; 60 when absent, and 0 is 0.</summary>
    public long? TtlSecondsAfterFinished { get; init; }

    public Dictionary<string, string>? CustomerLabels { get; init; }

    public Dictionary<string, string>? Env { get; init; }

    public HealthCheck? Liveness { get; init; }

    public HealthCheck? Readiness { get; init; }

    public WorkloadService? Service { get; init; }

    public List<string>? Dependencies { get; init; }

    public List<CronJob>? CronJobs { get; init; }

    public GroupVersionKind? GroupVersionKind { get; init; }

    public bool? IsTolerateAll { get; init; }

    /// <summary>Members that the API does not have.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>What each replica needs, as Kubernetes quantities.</summary>
public sealed record WorkloadResource
{
    public int? Replica { get; init; }

    public string? Cpu { get; init; }

    public string? Gpu { get; init; }

    public string? Memory { get; init; }

    public string? EphemeralStorage { get; init; }

    public string? SharedMemory { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>An HTTP probe of a Deployment or StatefulSet.</summary>
public sealed record HealthCheck
{
    public string? Path { get; init; }

    public int? Port { get; init; }

    public int? InitialDelaySeconds { get; init; }

    public int? PeriodSeconds { get; init; }

    public int? FailureThreshold { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed record WorkloadService
{
    public string? Protocol { get; init; }

    public int? Port { get; init; }

    public int? NodePort { get; init; }

    public int? TargetPort { get; init; }

    public string? ServiceType { get; init; }

    public Dictionary<string, string>? Extends { get; init; }

    /// <summary>Answers only: where it can be reached, like <c>10.77.0.2:80</c>.</summary>
    public string? Address { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed record CronJob
{
    /// <summary>RFC 3339, or five cron fields, UTC.</summary>
    public string? Schedule { get; init; }

    /// <summary><c>start</c>.</summary>
    public string? Action { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed record GroupVersionKind
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    public string? Version { get; init; }

    public string? Kind { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
