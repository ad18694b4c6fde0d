using NetTopologySuite.Geometries;
using Orrery.Orbits;

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
    private readonly Vector3d up = Unit(centre);
    private readonly Vector3d east = Unit(new(centre.LongitudeDeg + 90, 0));
    private readonly Vector3d north = Unit(centre.LatitudeDeg >= 0 ? new(centre.LongitudeDeg + 180, 90 - centre.LatitudeDeg) : new(centre.LongitudeDeg, 90 + centre.LatitudeDeg));

    public Coordinate Project(GeoPoint point) => Project(Unit(point));

    /// <param name="unit">From the centre of the sphere, Earth-fixed.</param>
    public Coordinate Project(in Vector3d unit)
    {
        var k = RadiusKm * Math.Sqrt(2 / (1 + Vector3d.Dot(up, unit)));
        return new Coordinate(k * Vector3d.Dot(east, unit), k * Vector3d.Dot(north, unit));
    }

    /// <summary>The direction of a point from the centre of the sphere.</summary>
    public static Vector3d Unit(GeoPoint point)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(point.LatitudeDeg));
        var (sinEast, cosEast) = Math.SinCos(double.DegreesToRadians(point.LongitudeDeg));
        return new Vector3d(cos * cosEast, cos * sinEast, sin);
    }

    /// <summary>Of a point of the plane on the sphere, from the centre of the projection, radians.</summary>
    public static double Angle(Coordinate point) => Angle(Math.Sqrt((point.X * point.X) + (point.Y * point.Y)));

    /// <summary>Its longitude is within 180° of the centre's, whichever that is.</summary>
    public GeoPoint Unproject(Coordinate point)
    {
        var distance = Math.Sqrt((point.X * point.X) + (point.Y * point.Y));
        if (distance < Smallest)
            return centre;
        var (sin, cos) = Math.SinCos(Angle(distance));
        var (sinCentre, cosCentre) = Math.SinCos(latitude);
        var toNorth = Math.Asin(Math.Clamp((cos * sinCentre) + (point.Y * sin * cosCentre / distance), -1, 1));
        var toEast = Math.Atan2(point.X * sin, (distance * cosCentre * cos) - (point.Y * sinCentre * sin));
        return new(double.RadiansToDegrees(longitude + toEast), double.RadiansToDegrees(toNorth));
    }

    private static double Angle(double distance) => 2 * Math.Asin(Math.Min(1, distance / (2 * RadiusKm)));
}
