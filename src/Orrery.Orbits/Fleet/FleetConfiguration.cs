using System.Text.Json.Serialization;

namespace Orrery.Orbits;

/// <summary>What the physics of a fleet rests on: bus classes, stations, links and limits, each with its source.</summary>
public sealed record FleetConfiguration
{
    private static readonly Lazy<FleetConfiguration> Bundled = new(FleetConfigurationReader.ReadBundled);

    /// <summary>The configuration that comes with Orrery.</summary>
    public static FleetConfiguration Default => Bundled.Value;

    public required IReadOnlyList<BusClass> BusClasses { get; init; }

    /// <summary>Bus class of a satellite for which none is named.</summary>
    public required string DefaultBusClass { get; init; }

    public required IReadOnlyList<GroundStation> GroundStations { get; init; }

    public required IslLimits InterSatelliteLink { get; init; }

    public required GroundLinkBudget GroundLink { get; init; }

    /// <summary>Link budgets from their parts, by elevation and direction; null: rates follow <see cref="GroundLink"/> and <see cref="InterSatelliteLink"/>.</summary>
    public RadioLinks? RadioLinks { get; init; }

    /// <summary>The rates and delays that follow from this.</summary>
    [JsonIgnore]
    public FleetLinks Links => new(this);

    public required SouthAtlanticAnomaly SouthAtlanticAnomaly { get; init; }

    /// <summary>Elements older than this at the planned time earn a note, days.</summary>
    public required double ElementsAgeNoteDays { get; init; }

    /// <summary>Elements that put a satellite lower are taken as expired, km over the ellipsoid.</summary>
    public required double MinAltitudeKm { get; init; }

    /// <summary>Where the limits that have no record of their own come from, by name.</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>The bus class of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public BusClass BusClass(string name) =>
        BusClasses.FirstOrDefault(b => b.Name == name) ?? throw new KeyNotFoundException(
            $"No bus class '{name}'; there are {string.Join(", ", BusClasses.Select(b => b.Name))}.");

    /// <summary>The station of that id; null when there is none.</summary>
    public GroundStation? FindStation(string id) => GroundStations.FirstOrDefault(s => s.Id == id);

    /// <summary>What is wrong with the configuration, one sentence each; empty when it is sound.</summary>
    public IReadOnlyList<string> Problems() => FleetConfigurationValidator.Problems(this);
}
