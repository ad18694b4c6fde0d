namespace Orrery.Orbits;

/// <summary>The region where the inner radiation belt comes closest to the Earth: a polygon on the map, between two heights.</summary>
public sealed record SouthAtlanticAnomaly
{
    public required double MinHeightKm { get; init; }

    public required double MaxHeightKm { get; init; }

    /// <summary>Corners in order; the last joins the first. The polygon does not cross the antimeridian.</summary>
    public required IReadOnlyList<GeoPoint> Polygon { get; init; }

    /// <summary>Where the figures come from.</summary>
    public required string Source { get; init; }

    /// <summary>Whether a place is within the region.</summary>
    /// <remarks>Even-odd rule on geodetic latitude and longitude.</remarks>
    public bool Contains(Geodetic place)
    {
        if (place.HeightKm < MinHeightKm || place.HeightKm > MaxHeightKm)
            return false;
        var (latitude, longitude) = (place.LatitudeDeg, place.LongitudeDeg);
        var inside = false;
        for (var i = 0; i < Polygon.Count; i++)
        {
            var a = Polygon[i];
            var b = Polygon[(i + 1) % Polygon.Count];
            var straddles = (a.LatitudeDeg > latitude) != (b.LatitudeDeg > latitude);
            if (straddles && longitude < LongitudeOfEdge(a, b, latitude))
                inside = !inside;
        }

        return inside;
    }

    private static double LongitudeOfEdge(GeoPoint a, GeoPoint b, double latitudeDeg) =>
        a.LongitudeDeg + ((b.LongitudeDeg - a.LongitudeDeg) * (latitudeDeg - a.LatitudeDeg) / (b.LatitudeDeg - a.LatitudeDeg));
}
