using System.Text.Json.Serialization;

namespace Orrery.Orbits;

/// <summary>A ground station: where it is and from which elevation it works.</summary>
public sealed record GroundStation
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Geodetic, WGS84, north positive.</summary>
    public required double LatitudeDeg { get; init; }

    /// <summary>East positive, −180 … 180.</summary>
    public required double LongitudeDeg { get; init; }

    /// <summary>Over the ellipsoid, m.</summary>
    public required double HeightM { get; init; }

    /// <summary>Least elevation of a contact, degrees.</summary>
    public required double ElevationMaskDeg { get; init; }

    /// <summary>Where the figures come from.</summary>
    public required string Source { get; init; }

    /// <summary>The site with its local horizon.</summary>
    [JsonIgnore]
    public GroundSite Site => new(Geodetic.FromDegrees(LatitudeDeg, LongitudeDeg, HeightM / 1000));
}
