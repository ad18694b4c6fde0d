namespace Orrery.Contracts.Fleet;

public sealed record SatelliteView
{
    public required string Id { get; init; }

    public required int NoradId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Epoch { get; init; }

    public required string BusClass { get; init; }

    public DateTimeOffset? AgentLastSeen { get; init; }

    public required double ElementsAgeDays { get; init; }

    /// <summary>True for a satellite of the caller's own, false for the shared fleet.</summary>
    public required bool Own { get; init; }
}

public sealed record SatelliteList(IReadOnlyList<SatelliteView> Satellites, long Total, int Limit, int Offset);

public sealed record SatelliteElements(string Line1, string Line2);

/// <summary>Geodetic WGS84: degrees and km.</summary>
public sealed record PositionView(double Latitude, double Longitude, double AltitudeKm, bool InEclipse, DateTimeOffset Timestamp);

public sealed record PassView(
    string GroundStation, DateTimeOffset Rise, DateTimeOffset Peak, DateTimeOffset Set, double PeakElevationDeg, double DurationS);

public sealed record PassList(string Satellite, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<PassView> Passes);

public sealed record EclipseView(
    DateTimeOffset PenumbraStart, DateTimeOffset? UmbraStart, DateTimeOffset? UmbraEnd, DateTimeOffset PenumbraEnd, double DurationS);

public sealed record EclipseList(string Satellite, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<EclipseView> Eclipses);

public sealed record GroundStationView(
    string Id, string Name, double LatitudeDeg, double LongitudeDeg, double HeightM, double ElevationMaskDeg, string Source);

public sealed record GroundStationList(IReadOnlyList<GroundStationView> GroundStations);

/// <param name="Added">New satellites.</param>
/// <param name="Updated">Satellites whose elements are newer now.</param>
/// <param name="Unchanged">Satellites that already had these elements or newer ones.</param>
public sealed record ImportResponse(int Added, int Updated, int Unchanged);
