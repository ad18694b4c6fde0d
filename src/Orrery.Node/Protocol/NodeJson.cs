using System.Text.Json.Serialization;
using Orrery.Contracts.Runs;
using Orrery.Node.Runs;

namespace Orrery.Node.Protocol;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunSpec))]
[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(List<RunStatus>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(NodeHealth))]
[JsonSerializable(typeof(SnapshotLine))]
[JsonSerializable(typeof(ShellControl))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(List<RemovedRun>))]
[JsonSerializable(typeof(Dictionary<string, uint>))]
internal sealed partial class NodeJson : JsonSerializerContext;
