namespace Orrery.Contracts.Runs;

/// <summary>One dispatched run of a cluster workload, as a backend is asked to make it true. Declarative: sending it again changes nothing.</summary>
/// <remarks>A higher <see cref="Run"/> for a live Deployment or StatefulSet is a rolling update; for a job it comes only after the earlier run has ended.</remarks>
public sealed record RunSpec
{
    public required string WorkloadId { get; init; }

    /// <summary>Also the namespace.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>Counts the dispatches of the workload from 1.</summary>
    public required int Run { get; init; }

    /// <summary>One of <see cref="WorkloadKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Shell source, run as <c>/bin/sh -c</c>.</summary>
    public required string EntryPoint { get; init; }

    public string? Image { get; init; }

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>What each replica gets.</summary>
    public required ReplicaResources Resources { get; init; }

    /// <summary>By rank from 0, without a gap.</summary>
    public required IReadOnlyList<ReplicaSpec> Replicas { get; init; }

    public ProbeSpec? Liveness { get; init; }

    public ProbeSpec? Readiness { get; init; }

    public ServiceSpec? Service { get; init; }

    /// <summary>Rolling updates: replicas above the wanted number, a count or a share like <c>25%</c>.</summary>
    public string MaxSurge { get; init; } = "25%";

    /// <summary>Rolling updates: replicas that may be missing, a count or a share like <c>25%</c>.</summary>
    public string MaxUnavailable { get; init; } = "25%";

    /// <summary>A pod whose log has not grown for so long has hung and fails; 0: not watched.</summary>
    public double HangTimeoutS { get; init; }

    /// <summary>Between SIGTERM and SIGKILL.</summary>
    public double GraceS { get; init; } = 5;

    public bool IsTolerateAll { get; init; }

    /// <summary>Replicas run on the nodes that they name and on no others, also those of a service.</summary>
    public bool IsPinned { get; init; }

    public IReadOnlyDictionary<string, string> CustomerLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Files that the one replica of a job finds, and that its folders of results are kept for; null: it has none of these.</summary>
    public RunFiles? Files { get; init; }
}

/// <summary>
/// What a program is given and gives back. It finds <c>ORRERY_INPUT_DIR</c>, and <c>ORRERY_STATE_DIR</c> as the run before at
/// its place left it; what it leaves there and in <c>ORRERY_OUTPUT_DIR</c> is read when it has ended well.
/// </summary>
/// <param name="Given">By path: <c>in/name</c>, <c>in/stage-2/name</c> or <c>state/name</c>.</param>
/// <param name="Folder">Where a backend of this machine has put them; null: not yet.</param>
public sealed record RunFiles(IReadOnlyList<RunFile> Given, string? Folder = null);

/// <param name="Path">Below the pod's working folder.</param>
/// <param name="Sha256">The content, in hexadecimal digits.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="Text">A small file comes along; null: it is kept under its hash.</param>
public sealed record RunFile(string Path, string Sha256, long SizeBytes, string? Text = null);

/// <summary>Where one replica runs.</summary>
/// <param name="Rank">From 0.</param>
/// <param name="PodId"><c>workloadId-run-rank</c>.</param>
/// <param name="NodeName">The node that admission chose.</param>
public sealed record ReplicaSpec(int Rank, string PodId, string NodeName);

/// <summary>Cores in thousandths, memory and storage in bytes, whole GPU cards.</summary>
public sealed record ReplicaResources(long CpuMillis, long MemoryBytes, int Gpus, long EphemeralStorageBytes, long SharedMemoryBytes)
{
    /// <summary>The storage is set aside for the replica, not only a limit of what it may use.</summary>
    public bool ReservesStorage { get; init; }
}

/// <summary>An HTTP GET that answers 200–399.</summary>
public sealed record ProbeSpec(string Path, int Port, double InitialDelayS, double PeriodS, int FailureThreshold);

/// <summary>One address before all ready replicas.</summary>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="TargetPort">Where the pods listen.</param>
/// <param name="NodePort">0 unless the type is NodePort.</param>
/// <param name="ServiceType">ClusterIP or NodePort.</param>
public sealed record ServiceSpec(string Protocol, int Port, int TargetPort, int NodePort, string ServiceType);

public static class WorkloadKinds
{
    public const string PyTorchJob = "PyTorchJob";
    public const string Deployment = "Deployment";
    public const string StatefulSet = "StatefulSet";
    public const string Authoring = "Authoring";

    public static readonly IReadOnlyList<string> All = [PyTorchJob, Deployment, StatefulSet, Authoring];

    /// <summary>Kinds that never end by themselves and restart what dies.</summary>
    public static bool IsService(string kind) => kind is Deployment or StatefulSet;
}
