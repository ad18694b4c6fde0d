using System.Text.Json.Serialization;

namespace Orrery.Planning;

/// <summary>Where a stage runs.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<StageLocation>))]
public enum StageLocation
{
    Orbit,
    Ground,
}
