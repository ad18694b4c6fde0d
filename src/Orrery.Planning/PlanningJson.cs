using System.Text.Json.Serialization;

namespace Orrery.Planning;

/// <summary>JSON of plans as they are stored: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(WorkSpec))]
[JsonSerializable(typeof(Booking))]
[JsonSerializable(typeof(List<Booking>))]
public sealed partial class PlanningJson : JsonSerializerContext;
