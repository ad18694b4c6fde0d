using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Kubernetes.Objects;

/// <summary>camelCase; absent members stay absent, unknown ones are passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectList<Pod>))]
[JsonSerializable(typeof(ObjectList<Service>))]
[JsonSerializable(typeof(ObjectList<Deployment>))]
[JsonSerializable(typeof(ObjectList<StatefulSet>))]
[JsonSerializable(typeof(ObjectList<Secret>))]
[JsonSerializable(typeof(ObjectList<Namespace>))]
[JsonSerializable(typeof(ObjectList<ResourceQuota>))]
[JsonSerializable(typeof(ObjectList<ServiceAccount>))]
[JsonSerializable(typeof(ObjectList<Node>))]
[JsonSerializable(typeof(ObjectList<PyTorchJob>))]
[JsonSerializable(typeof(ObjectList<CoreEvent>))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(DeleteOptions))]
[JsonSerializable(typeof(ApiResourceList))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class KubernetesJson : JsonSerializerContext;
