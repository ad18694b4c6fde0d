using System.Text.Json.Serialization;

namespace Orrery.Contracts.Clusters;

/// <summary>An item of the list; times are <c>yyyy-MM-ddTHH:mm:ss</c> UTC, "" when there is none.</summary>
public record ClusterWorkloadItem
{
    public string WorkloadId { get; init; } = "";

    public string WorkspaceId { get; init; } = "";

    public WorkloadResource Resource { get; init; } = new();

    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    public string UserId { get; init; } = "";

    public string UserName { get; init; } = "";

    public string ClusterId { get; init; } = "";

    /// <summary>Pending, Running, Updating, NotReady, Succeeded, Failed or Stopped.</summary>
    public string Phase { get; init; } = "";

    /// <summary>Why it waits, or how it ended.</summary>
    public string Message { get; init; } = "";

    public int Priority { get; init; }

    public string CreationTime { get; init; } = "";

    public string StartTime { get; init; } = "";

    public string EndTime { get; init; } = "";

    public string DeletionTime { get; init; } = "";

    /// <summary>Like <c>1h2m3s</c>.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>0 without a timeout or when ended, −1 before the start.</summary>
    public long SecondsUntilTimeout { get; init; }

    /// <summary>Place in the queue from 1; 0 when it does not wait.</summary>
    public int SchedulerOrder { get; init; }

    public int DispatchCount { get; init; }

    public bool IsTolerateAll { get; init; }

    public GroupVersionKind GroupVersionKind { get; init; } = new();

    public long Timeout { get; init; }

    public string WorkloadUid { get; init; } = "";

    public string K8sObjectUid { get; init; } = "";

    /// <summary>The template that a cron firing made this from; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ParentId { get; init; }
}

public sealed record ClusterWorkloadPage(long TotalCount, IReadOnlyList<ClusterWorkloadItem> Items);

/// <summary>One workload whole.</summary>
public sealed record ClusterWorkloadView : ClusterWorkloadItem
{
    public IReadOnlyList<string> SpecifiedNodes { get; init; } = [];

    public string Image { get; init; } = "";

    /// <summary>Base64, as it was sent.</summary>
    public string EntryPoint { get; init; } = "";

    public bool IsSupervised { get; init; }

    public int MaxRetry { get; init; }

    public long TtlSecondsAfterFinished { get; init; }

    public IReadOnlyList<WorkloadCondition> Conditions { get; init; } = [];

    public IReadOnlyList<PodView> Pods { get; init; } = [];

    /// <summary>One inner list a run.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Nodes { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<string>> Ranks { get; init; } = [];

    public IReadOnlyDictionary<string, string> CustomerLabels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    public HealthCheck? Liveness { get; init; }

    public HealthCheck? Readiness { get; init; }

    public WorkloadService? Service { get; init; }

    public IReadOnlyList<string> Dependencies { get; init; } = [];

    public IReadOnlyList<CronJob> CronJobs { get; init; } = [];

    /// <summary>Why it waits, with the numbers; null when it does not wait.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WaitView? Wait { get; init; }
}

/// <summary>Why a workload waits.</summary>
/// <param name="Code">backoff, dependencies, schedule, quota, resources, labels, order, nodes or cluster.</param>
/// <param name="Message">The reason with the numbers.</param>
/// <param name="Order">Place in the queue from 1; 0 when it is not in it yet.</param>
/// <param name="Ahead">Who is ahead, first first, at most ten.</param>
/// <param name="ExpectedStart">By known timeouts; "" when nothing is known.</param>
public sealed record WaitView(string Code, string Message, int Order, IReadOnlyList<string> Ahead, string ExpectedStart);

public sealed record WorkloadCondition(string Type, string Status, string Reason, string Message, string LastTransitionTime);

public sealed record PodView
{
    public string PodId { get; init; } = "";

    public string K8sNodeName { get; init; } = "";

    public string AdminNodeName { get; init; } = "";

    public string Phase { get; init; } = "";

    public string StartTime { get; init; } = "";

    public string EndTime { get; init; } = "";

    [JsonPropertyName("hostIP")]
    public string HostIp { get; init; } = "";

    [JsonPropertyName("podIP")]
    public string PodIp { get; init; } = "";

    public string Rank { get; init; } = "";

    /// <summary>How often its container was started again in place.</summary>
    public int Restarts { get; init; }

    public string SshAddr { get; init; } = "";

    public IReadOnlyList<ContainerView> Containers { get; init; } = [];
}

public sealed record ContainerView(string Name, string Reason, string Message, int ExitCode);
