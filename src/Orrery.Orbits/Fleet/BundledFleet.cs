using System.Text;

namespace Orrery.Orbits;

/// <summary>The satellites that come with Orrery: ISS, CSS and BlueWalker 3, all of class <c>microsat</c>.</summary>
public static class BundledFleet
{
    private const string Resource = "Orrery.Orbits.Fleet.fleet.tle";
    private const string BusClass = "microsat";

    private static readonly Lazy<IReadOnlyList<FleetSatellite>> Loaded = new(Load);

    /// <summary>Where the elements come from.</summary>
    public const string Source = "CelesTrak, two-line elements of September and October 2026, as published in public repositories";

    public static IReadOnlyList<FleetSatellite> Satellites => Loaded.Value;

    /// <summary>The newest epoch among the elements: a start for plans that never ages.</summary>
    public static DateTimeOffset NewestEpoch => Satellites.Max(s => s.Elements.Epoch);

    private static FleetSatellite[] Load() =>
        [.. TleReader.Read(Encoding.UTF8.GetString(EmbeddedResource.Bytes(Resource))).Select(e => new FleetSatellite(e, BusClass))];
}
