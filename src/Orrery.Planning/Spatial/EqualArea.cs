using NetTopologySuite.Geometries;

namespace Orrery.Planning.Spatial;

/// <summary>
/// The Lambert azimuthal equal-area projection of a sphere of the Earth's area around a centre, km. Snyder, Map
/// Projections: A Working Manual, USGS 1395 (1987), equations 24-2 to 24-4 and 20-14 to 20-18.
/// </summary>
internal sealed class EqualArea(GeoPoint centre)
{
    /// <summary>Of the sphere with WGS84's area, km.</summary>
    public const double RadiusKm = 6_371.0072;

    private const double Smallest = 1e-12;

    private readonly double latitude = double.DegreesToRadians(centre.LatitudeDeg);
    private readonly double longitude = double.DegreesToRadians(centre.LongitudeDeg);

    public Coordinate Project(GeoPoint point)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(point.LatitudeDeg));
        var (sinCentre, cosCentre) = Math.SinCos(latitude);
        var east = double.DegreesToRadians(point.LongitudeDeg) - longitude;
        var k = RadiusKm * Math.Sqrt(2 / (1 + (sinCentre * sin) + (cosCentre * cos * Math.Cos(east))));
        return new Coordinate(k * cos * Math.Sin(east), k * ((cosCentre * sin) - (sinCentre * cos * Math.Cos(east))));
    }

    public GeoPoint Unproject(Coordinate point)
    {
        var distance = Math.Sqrt((point.X * point.X) + (point.Y * point.Y));
        if (distance < Smallest)
            return centre;
        var angle = 2 * Math.Asin(Math.Min(1, distance / (2 * RadiusKm)));
        var (sin, cos) = Math.SinCos(angle);
        var (sinCentre, cosCentre) = Math.SinCos(latitude);
        var north = Math.Asin((cos * sinCentre) + (point.Y * sin * cosCentre / distance));
        var east = Math.Atan2(point.X * sin, (distance * cosCentre * cos) - (point.Y * sinCentre * sin));
        var degrees = double.RadiansToDegrees(longitude + east);
        return new(((degrees + 540) % 360) - 180, double.RadiansToDegrees(north));
    }
}
