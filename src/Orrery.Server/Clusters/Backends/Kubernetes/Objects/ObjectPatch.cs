using System.Text.Json.Serialization;
using Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Objects;

/// <summary>A change to the labels or annotations of any object.</summary>
internal sealed record ObjectPatch(ObjectMeta Metadata);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectPatch))]
internal sealed partial class PatchJson : JsonSerializerContext;
