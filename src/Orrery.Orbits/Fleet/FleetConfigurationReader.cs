using System.Text.Json;

namespace Orrery.Orbits;

/// <summary>Reads a fleet configuration from JSON (snake_case) and checks it.</summary>
public static class FleetConfigurationReader
{
    private const string Resource = "Orrery.Orbits.Fleet.fleet.json";

    /// <summary>A checked configuration.</summary>
    /// <exception cref="FormatException">Not JSON of this shape, or a value that cannot be; the message names it.</exception>
    public static FleetConfiguration Read(ReadOnlySpan<byte> json)
    {
        var configuration = Parse(json);
        var problems = configuration.Problems();
        return problems.Count == 0 ? configuration : throw new FormatException("Fleet configuration: " + string.Join(" ", problems));
    }

    internal static FleetConfiguration ReadBundled() => Read(EmbeddedResource.Bytes(Resource));

    private static FleetConfiguration Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, FleetJsonContext.Default.FleetConfiguration)
                ?? throw new FormatException("Fleet configuration: null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"Fleet configuration: {e.Message}", e);
        }
    }
}
