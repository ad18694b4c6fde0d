using System.Text.Json.Serialization;
using Orrery.Contracts.Fleet;
using Orrery.Contracts.Json;

namespace Orrery.Client.Http;

/// <summary>Answers that <see cref="WireJson"/> does not list.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SatelliteElements))]
internal sealed partial class ClientJson : JsonSerializerContext;
