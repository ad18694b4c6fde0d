using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Contracts.Clusters;

/// <summary>An amount of each resource, as Kubernetes quantities; an absent one is not limited.</summary>
public sealed record ResourceAmounts
{
    public string? Cpu { get; init; }

    public string? Memory { get; init; }

    public string? Gpu { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Body of <c>POST /api/v1/workspaces</c> and, with what changes only, of its PATCH.</summary>
public sealed record WorkspaceRequest
{
    /// <summary>1–63 of a–z, 0–9 and '-'; made from the display name when absent. Not changed by PATCH.</summary>
    public string? WorkspaceId { get; init; }

    public string? DisplayName { get; init; }

    public string? ClusterId { get; init; }

    /// <summary>Workspaces of one group lend idle quota to each other.</summary>
    public string? Group { get; init; }

    public ResourceAmounts? Quota { get; init; }

    /// <summary>What it may borrow above its quota; an absent resource has no limit.</summary>
    public ResourceAmounts? BorrowingLimit { get; init; }

    /// <summary><c>backfill</c> (default) or <c>fifo</c>.</summary>
    public string? QueuePolicy { get; init; }

    public bool? Preemption { get; init; }

    /// <summary>User ids.</summary>
    public List<string>? Admins { get; init; }

    /// <summary>User ids.</summary>
    public List<string>? Members { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

public sealed record WorkspaceView
{
    public required string WorkspaceId { get; init; }

    public required string DisplayName { get; init; }

    public required string ClusterId { get; init; }

    public string? Group { get; init; }

    public required ResourceAmounts Quota { get; init; }

    public required ResourceAmounts BorrowingLimit { get; init; }

    public required string QueuePolicy { get; init; }

    public required bool Preemption { get; init; }

    public required IReadOnlyList<string> Admins { get; init; }

    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>What its workloads hold now.</summary>
    public required ResourceAmounts Used { get; init; }

    public required int Running { get; init; }

    public required int Waiting { get; init; }

    public required string CreationTime { get; init; }
}

public sealed record WorkspaceList(int TotalCount, IReadOnlyList<WorkspaceView> Items);

/// <summary>Body of <c>POST /api/v1/clusters</c> and, without an id, of <c>PUT /api/v1/clusters/{clusterId}</c>.</summary>
public sealed record ClusterRequest
{
    /// <summary>1–63 of a–z, 0–9 and '-'.</summary>
    public string? ClusterId { get; init; }

    /// <summary>As text, YAML or JSON: inline certificates and tokens for an https server only. It is never returned.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Of the kubeconfig; absent: its current one.</summary>
    public string? Context { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A cluster that workspaces live in.</summary>
public sealed record ClusterView
{
    public required string ClusterId { get; init; }

    /// <summary><c>local</c> or <c>kubernetes</c>.</summary>
    public required string Backend { get; init; }

    /// <summary>The address of its API server, shown to admins; "" when it has none or the configuration of the server says.</summary>
    public string Server { get; init; } = "";

    public required bool Healthy { get; init; }

    /// <summary>What is wrong, or what could not be had; "" when all is well.</summary>
    public required string Message { get; init; }

    public required int Nodes { get; init; }

    public required ResourceAmounts Capacity { get; init; }

    public required ResourceAmounts Free { get; init; }
}

public sealed record ClusterList(int TotalCount, IReadOnlyList<ClusterView> Items);

public sealed record NodeView
{
    public required string NodeName { get; init; }

    public required string ClusterId { get; init; }

    public required bool Ready { get; init; }

    public required string Address { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyList<string> Taints { get; init; }

    public required ResourceAmounts Capacity { get; init; }

    public required ResourceAmounts Free { get; init; }

    public required IReadOnlyList<NodePodView> Pods { get; init; }
}

/// <summary>What runs on a node; of workloads that the caller may not see only the resources.</summary>
public sealed record NodePodView(string PodId, string WorkloadId, string WorkspaceId, string Cpu, string Memory, string Gpu);

public sealed record NodeList(int TotalCount, IReadOnlyList<NodeView> Items);
