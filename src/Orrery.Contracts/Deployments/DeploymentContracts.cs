using System.Text.Json;
using Orrery.Contracts.Json;

namespace Orrery.Contracts.Deployments;

/// <summary>One event as an agent reports it. <c>Key</c> (ours) makes a repeat harmless.</summary>
public sealed record EventPost
{
    public string? Type { get; init; }

    public EventTime? Timestamp { get; init; }

    public string? JobId { get; init; }

    public string? StepId { get; init; }

    public JsonElement? Payload { get; init; }

    public string? Key { get; init; }
}

public sealed record EventPosted(string Id, string DeploymentStatus);

public sealed record EventsPosted(IReadOnlyList<string> Ids, string DeploymentStatus);

/// <summary>207: one result per element of a posted array, in its order.</summary>
public sealed record EventsPartlyPosted(IReadOnlyList<EventPostResult> Results, string DeploymentStatus);

public sealed record EventPostResult(int Status, string? Id, string? Error);

/// <summary>An event as it is listed.</summary>
public sealed record EventView
{
    public required string Id { get; init; }

    public required string EventType { get; init; }

    public string? StepId { get; init; }

    public required JsonElement Payload { get; init; }

    public required EventTime EventTimestamp { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? JobId { get; init; }

    /// <summary>Counts the events of one workload from 1; the stable cursor.</summary>
    public required long Seq { get; init; }

    /// <summary>True when it came after the deployment had ended.</summary>
    public required bool Late { get; init; }

    /// <summary><c>workload</c>, <c>stage</c>, <c>deployment</c>, <c>agent</c>, …</summary>
    public required string Subject { get; init; }

    public required string SubjectId { get; init; }

    public string? WorkloadId { get; init; }

    public required string Actor { get; init; }
}

public sealed record EventPage(IReadOnlyList<EventView> Events, long Total, int Offset, int Limit);

/// <summary>Events of a workload after a cursor.</summary>
public sealed record EventFeed(string Id, IReadOnlyList<EventView> Events, long LastSeq, bool HasMore);

public sealed record DeploymentView
{
    public required string Id { get; init; }

    public required string PlanId { get; init; }

    public required string WorkloadId { get; init; }

    public required int Stage { get; init; }

    public required int Attempt { get; init; }

    public required string SatelliteId { get; init; }

    public required string Mode { get; init; }

    public required string Status { get; init; }

    public string? AgentId { get; init; }

    public string? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DispatchedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

public sealed record DeploymentPage(IReadOnlyList<DeploymentView> Deployments, long Total, int Offset, int Limit);

public sealed record RunAgainRequest
{
    public string? PlanId { get; init; }

    public string? Mode { get; init; }

    public double? SpeedMultiplier { get; init; }
}

public sealed record DeploymentStatusResponse(string Id, string Status);

public sealed record SessionRequest(string? Key);

public sealed record SessionResponse(string User, string Role, string CsrfToken, DateTimeOffset ExpiresAt);
