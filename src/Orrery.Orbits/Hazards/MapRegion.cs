namespace Orrery.Orbits;

/// <summary>A polygon on the plane of latitude and longitude, with the distance to its edge.</summary>
internal sealed class MapRegion(IReadOnlyList<GeoPoint> polygon)
{
    /// <summary>Greatest absolute latitude of a corner, degrees.</summary>
    public double GreatestLatitudeDeg { get; } = polygon.Max(p => Math.Abs(p.LatitudeDeg));

    /// <summary>Degrees of the map to the nearest edge, over the antimeridian too.</summary>
    public double DistanceDeg(double latitudeDeg, double longitudeDeg)
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i < polygon.Count; i++)
        {
            var (a, b) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            foreach (var turn in (ReadOnlySpan<double>)[-360, 0, 360])
                least = Math.Min(least, ToEdge(a, b, latitudeDeg, longitudeDeg + turn));
        }

        return least;
    }

    private static double ToEdge(GeoPoint a, GeoPoint b, double latitude, double longitude)
    {
        var (dx, dy) = (b.LongitudeDeg - a.LongitudeDeg, b.LatitudeDeg - a.LatitudeDeg);
        var (px, py) = (longitude - a.LongitudeDeg, latitude - a.LatitudeDeg);
        var length = (dx * dx) + (dy * dy);
        var share = length > 0 ? Math.Clamp(((px * dx) + (py * dy)) / length, 0, 1) : 0;
        return Math.Sqrt(Math.Pow(px - (share * dx), 2) + Math.Pow(py - (share * dy), 2));
    }
}
