using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Contracts.Clusters;

/// <summary>Body of <c>PATCH /api/v1/workloads/{workloadId}</c>: only what is given changes.</summary>
public sealed record PatchWorkloadRequest
{
    public int? Priority { get; init; }

    public int? Replica { get; init; }

    public string? Cpu { get; init; }

    public string? Gpu { get; init; }

    public string? Memory { get; init; }

    public string? EphemeralStorage { get; init; }

    public string? SharedMemory { get; init; }

    public string? Image { get; init; }

    public string? EntryPoint { get; init; }

    /// <summary>Replaces the whole map; an empty one empties it.</summary>
    public Dictionary<string, string>? Env { get; init; }

    public string? Description { get; init; }

    public long? Timeout { get; init; }

    public int? MaxRetry { get; init; }

    public List<CronJob>? CronJobs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed record BatchWorkloadsRequest
{
    public List<string>? WorkloadIds { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
