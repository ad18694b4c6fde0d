using System.Text.Json;

namespace Orrery.Cli.Output;

internal static class PayloadText
{
    private const int MaxMembers = 6;

    /// <summary>The first plain members of a payload, as <c>name=value</c>.</summary>
    public static string Of(JsonElement payload) =>
        payload.ValueKind != JsonValueKind.Object
            ? ""
            : string.Join("  ", payload.EnumerateObject()
                .Where(m => m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                .Where(m => m.Value.ValueKind != JsonValueKind.String || m.Value.GetString()!.Length > 0)
                .Take(MaxMembers)
                .Select(m => $"{m.Name}={Value(m.Value)}"));

    public static string? Text(JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(name, out var member) &&
        member.ValueKind is (JsonValueKind.String or JsonValueKind.Number)
            ? Value(member)
            : null;

    private static string Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? $"{number:0.###}" : value.ToString();
}
