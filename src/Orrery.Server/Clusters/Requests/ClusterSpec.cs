using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Orrery.Server.Clusters.Requests;

/// <summary>A checked request: what is stored of it, and what every later step reads. Its environment is kept apart, wrapped.</summary>
internal sealed record ClusterSpec
{
    public string DisplayName { get; init; } = "";
    public string Description { get; init; } = "";
    public string WorkspaceId { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Version { get; init; } = "";
    public int Replicas { get; init; }
    public IReadOnlyList<string> SpecifiedNodes { get; init; } = [];

    /// <summary>Thousandths of a core, of each replica.</summary>
    public long CpuMillis { get; init; }

    public long MemoryBytes { get; init; }
    public int Gpus { get; init; }
    public long EphemeralBytes { get; init; }

    /// <summary>The caller named it; Kubernetes then reserves it.</summary>
    public bool EphemeralStated { get; init; }

    public long SharedMemoryBytes { get; init; }

    /// <summary>As it is shown: what was sent.</summary>
    public string Cpu { get; init; } = "";

    public string Memory { get; init; } = "";
    public string Gpu { get; init; } = "0";
    public string EphemeralStorage { get; init; } = "";
    public string SharedMemory { get; init; } = "";
    public string Image { get; init; } = "";

    /// <summary>Base64, as it was sent.</summary>
    public string EntryPoint { get; init; } = "";

    public bool IsSupervised { get; init; }
    public int Priority { get; init; }
    public long TimeoutS { get; init; }
    public int MaxRetry { get; init; }
    public long TtlS { get; init; }
    public IReadOnlyDictionary<string, string> CustomerLabels { get; init; } = ReadOnlyDictionary<string, string>.Empty;
    public ProbeRule? Liveness { get; init; }
    public ProbeRule? Readiness { get; init; }
    public ServiceRule? Service { get; init; }
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>Not to be started before.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Five fields: the workload is a template.</summary>
    public string? Cron { get; init; }

    public bool IsTolerateAll { get; init; }

    /// <summary>A stage of an orbital workload with a program: what it is given, and that its results are kept. Nobody can ask for it here.</summary>
    public IReadOnlyList<Contracts.Runs.RunFile>? Files { get; init; }

    /// <summary>What lists show of it, and nothing else: equal for workloads that ask for the same.</summary>
    public ClusterSpec Listed() => new()
    {
        Kind = Kind,
        Version = Version,
        Replicas = Replicas,
        Cpu = Cpu,
        Memory = Memory,
        Gpu = Gpu,
        EphemeralStorage = EphemeralStorage,
        SharedMemory = SharedMemory,
        IsTolerateAll = IsTolerateAll,
    };
}

/// <summary>An HTTP probe with its defaults filled in.</summary>
internal sealed record ProbeRule(string Path, int Port, int InitialDelayS, int PeriodS, int FailureThreshold);

/// <summary>A service with its defaults filled in.</summary>
internal sealed record ServiceRule(
    string Protocol, int Port, int TargetPort, int NodePort, string ServiceType, IReadOnlyDictionary<string, string> Extends);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ClusterSpec))]
internal sealed partial class ClusterSpecJson : JsonSerializerContext;
