using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Planning;

/// <summary>Writes an enum as its name in snake_case.</summary>
public sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
