using System.Text.Json.Serialization;

namespace Orrery.Contracts.Clusters;

/// <summary>Serialization of <c>/api/v1</c>: camelCase; a member named twice is refused.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, MaxDepth = 32)]
[JsonSerializable(typeof(CreateWorkloadRequest))]
[JsonSerializable(typeof(PatchWorkloadRequest))]
[JsonSerializable(typeof(BatchWorkloadsRequest))]
[JsonSerializable(typeof(CreateWorkloadResponse))]
[JsonSerializable(typeof(BatchWorkloadsResponse))]
[JsonSerializable(typeof(ClusterWorkloadPage))]
[JsonSerializable(typeof(ClusterWorkloadView))]
[JsonSerializable(typeof(PodLogResponse))]
[JsonSerializable(typeof(PodContainersResponse))]
[JsonSerializable(typeof(ClusterPreviewResponse))]
[JsonSerializable(typeof(ClusterEventFeed))]
[JsonSerializable(typeof(WorkspaceRequest))]
[JsonSerializable(typeof(WorkspaceView))]
[JsonSerializable(typeof(WorkspaceList))]
[JsonSerializable(typeof(ClusterRequest))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(ClusterList))]
[JsonSerializable(typeof(NodeList))]
public sealed partial class ClusterJson : JsonSerializerContext;
