using Orrery.Client.Http;

namespace Orrery.Client.Clusters;

/// <summary>Which cluster workloads to list, and how; what is null does not filter.</summary>
public sealed record ClusterWorkloadQuery
{
    public const int DefaultPage = 100;

    public string? WorkspaceId { get; init; }

    public string? ClusterId { get; init; }

    /// <summary>One or several, separated by commas.</summary>
    public string? Phase { get; init; }

    /// <summary>One or several, separated by commas.</summary>
    public string? Kind { get; init; }

    public string? UserId { get; init; }

    /// <summary>A part of it is enough.</summary>
    public string? UserName { get; init; }

    /// <summary>A part of it is enough.</summary>
    public string? Description { get; init; }

    /// <summary>A part of it is enough.</summary>
    public string? WorkloadId { get; init; }

    /// <summary>Created then or later, RFC 3339.</summary>
    public string? Since { get; init; }

    /// <summary>Created then or earlier, RFC 3339.</summary>
    public string? Until { get; init; }

    /// <summary>A member of the items; <c>create_time</c> when null.</summary>
    public string? SortBy { get; init; }

    /// <summary><c>desc</c> (when null) or <c>asc</c>.</summary>
    public string? Order { get; init; }

    /// <summary>Workloads in one page, 1–10,000.</summary>
    public int Limit { get; init; } = DefaultPage;

    public int Offset { get; init; }

    internal string Path(string route) => new QueryText(route)
        .Add("workspaceId", WorkspaceId).Add("clusterId", ClusterId).Add("phase", Phase).Add("kind", Kind)
        .Add("userId", UserId).Add("userName", UserName).Add("description", Description).Add("workloadId", WorkloadId)
        .Add("since", Since).Add("until", Until).Add("sortBy", SortBy).Add("order", Order)
        .Add("limit", Limit).Add("offset", Offset)
        .ToString();
}
