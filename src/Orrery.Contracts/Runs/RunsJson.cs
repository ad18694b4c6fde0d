using System.Text.Json.Serialization;

namespace Orrery.Contracts.Runs;

/// <summary>Serialization between the control plane and its node process: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunSpec))]
[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(List<RunStatus>))]
public sealed partial class RunsJson : JsonSerializerContext;
