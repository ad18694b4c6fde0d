using System.Text.Json.Serialization;

namespace Orrery.Planning;

/// <summary>What the planner optimises.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PlanObjective>))]
public enum PlanObjective
{
    /// <summary>The earliest end.</summary>
    MinLatency,

    /// <summary>The smallest largest stage (compute time at the rate in sunlight), then the earliest end.</summary>
    Balanced,

    /// <summary>The fewest contacts, then the largest smallest margin to a contact's end, then the earliest end.</summary>
    MaxReliability,
}
