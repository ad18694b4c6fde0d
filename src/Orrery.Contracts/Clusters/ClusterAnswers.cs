using System.Text.Json;

namespace Orrery.Contracts.Clusters;

public sealed record CreateWorkloadResponse(string WorkloadId);

/// <summary>207: one result an id, in their order.</summary>
public sealed record BatchWorkloadsResponse(IReadOnlyList<BatchWorkloadResult> Results);

public sealed record BatchWorkloadResult(string WorkloadId, int Status, string ErrorCode, string ErrorMessage);

public sealed record PodLogResponse(string WorkloadId, string PodId, string Namespace, IReadOnlyList<string> Logs);

public sealed record PodContainersResponse(IReadOnlyList<ContainerName> Containers, IReadOnlyList<string> Shells);

public sealed record ContainerName(string Name);

/// <summary>Answer of preview: what create would do, without doing it.</summary>
/// <param name="Valid">Create would take it.</param>
/// <param name="Errors">Field → what is wrong with it; empty when valid.</param>
/// <param name="Nodes">Where the replicas would go now; empty when they do not fit now.</param>
/// <param name="Wait">Why it would wait; null when it would start at once.</param>
/// <param name="ExpectedStart">By known timeouts; "" when nothing is known.</param>
/// <param name="Warnings">What create would warn of.</param>
public sealed record ClusterPreviewResponse(
    bool Valid,
    IReadOnlyDictionary<string, string[]> Errors,
    IReadOnlyList<string> Nodes,
    WaitView? Wait,
    string ExpectedStart,
    IReadOnlyList<string> Warnings);

public sealed record ClusterEventFeed(string WorkloadId, IReadOnlyList<ClusterEventView> Events, long LastSeq, bool HasMore);

public sealed record ClusterEventView(string Id, long Seq, string Type, JsonElement Payload, string Time, string Actor);
