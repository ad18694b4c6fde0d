using System.Text.Json.Serialization;

namespace Orrery.Contracts.Workloads;

public sealed record SubmitResponse(string Id, string Status, string StatusUrl, string Mode);

/// <summary>Where a workload stands; what is not known yet is null.</summary>
public sealed record WorkloadView
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    public required string Class { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public required string Phase { get; init; }

    public required string WorkflowStatus { get; init; }

    public required string Mode { get; init; }

    public WorkloadPlacementView? Placement { get; init; }

    public OutcomeView? Outcome { get; init; }

    public ArtifactManifest? Result { get; init; }

    public CostView? Cost { get; init; }

    public WorkloadErrorView? Error { get; init; }

    public required WorkloadRequest Spec { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required string StatusUrl { get; init; }
}

/// <summary>Where a workload runs; a list answers null for the stations, which only the plan knows.</summary>
public sealed record WorkloadPlacementView(IReadOnlyList<string> Satellites, IReadOnlyList<string>? GroundStations);

public sealed record OutcomeView(
    int StagesDone, int StagesTotal, int Attempts, double? MakespanS, double? PlannedMakespanS, string? Reason);

public sealed record WorkloadErrorView(string Code, string Message);

public sealed record WorkloadPage(IReadOnlyList<WorkloadView> Data, long Total, int Limit, int Offset, bool HasMore);

public sealed record StagesResponse(string Id, IReadOnlyList<StageView> Stages);

/// <summary>One stage: which satellite runs it, and how far it is.</summary>
public sealed record StageView
{
    public required int Index { get; init; }

    /// <summary>NORAD number; null on the ground.</summary>
    public string? Satellite { get; init; }

    public string? SatelliteName { get; init; }

    public required string Status { get; init; }

    public required string Role { get; init; }

    public string? DeploymentId { get; init; }

    public required int Attempt { get; init; }

    public required int Round { get; init; }

    public required string Location { get; init; }

    /// <summary>On the ground: the cluster workload that runs it.</summary>
    public string? ClusterWorkloadId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it waits, while it is pending.</summary>
    public string? Reason { get; init; }

    public string? Error { get; init; }
}

public sealed record ArtifactManifest(string Id, IReadOnlyList<ArtifactView> Artifacts);

public sealed record ArtifactView(
    string Name, int Stage, string ContentType, long SizeBytes, string Sha256,
    [property: JsonPropertyName("contentId")] string? ContentId, string? Uri);

/// <summary>Bytes that the server now keeps; the same bytes always have the same <c>contentId</c>.</summary>
public sealed record ArtifactStored([property: JsonPropertyName("contentId")] string ContentId, string Sha256, long SizeBytes);

public sealed record CancelResponse(string Id, string Status);

public sealed record PingResponse(string Status, string Version);
