using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Orbits;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(FleetConfiguration))]
internal sealed partial class FleetJsonContext : JsonSerializerContext;
