using NetTopologySuite.Densify;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Orrery.Planning.Spatial;

/// <summary>An area in the plane in which its parts can be measured and cut.</summary>
internal sealed class ProjectedArea
{
    /// <summary>Edges are straight in longitude and latitude, as GeoJSON says; so many degrees apart they are followed, within 0.03 km.</summary>
    private const double EdgeStepDeg = 0.5;

    private static readonly GeometryFactory Factory = new();

    private ProjectedArea(EqualArea projection, Geometry geometry, GeoPoint centre)
    {
        (Projection, Geometry, Centre) = (projection, geometry, centre);
        Radius = geometry.Coordinates.Max(EqualArea.Angle);
        var box = geometry.EnvelopeInternal;
        Stretch = 1 / Math.Cos(EqualArea.Angle(new Coordinate(Math.Max(-box.MinX, box.MaxX), Math.Max(-box.MinY, box.MaxY))) / 2);
    }

    public EqualArea Projection { get; }

    /// <summary>km.</summary>
    public Geometry Geometry { get; }

    public GeoPoint Centre { get; }

    /// <summary>Angle from the centre to the farthest point, radians.</summary>
    public double Radius { get; }

    /// <summary>A length on the sphere is at most so many times what it is in the plane, in the box around the area: 1 / cos(c / 2) at the angle c from the centre.</summary>
    public double Stretch { get; }

    public static ProjectedArea Of(GeoArea area)
    {
        var degrees = Factory.BuildGeometry([.. area.Polygons.Select(InDegrees)]);
        var middle = degrees.EnvelopeInternal.Centre;
        var centre = new GeoPoint(middle.X, middle.Y);
        var projection = new EqualArea(centre);
        var dense = Densifier.Densify(degrees, EdgeStepDeg);
        var polygons = Polygons(dense).Select(polygon => Polygon(Geo(polygon, point => new GeoPoint(point.X, point.Y)), projection.Project)).ToList();
        return new(projection, Clean(Factory.BuildGeometry([.. polygons])), centre);
    }

    /// <summary>Longitude and latitude as if they were a plane.</summary>
    public static Polygon InDegrees(GeoPolygon polygon) => Polygon(polygon, point => new Coordinate(point.LongitudeDeg, point.LatitudeDeg));

    /// <summary>A polygon of points in the plane; holes and touches are put right.</summary>
    public static Geometry Strip(IEnumerable<Coordinate> ring)
    {
        List<Coordinate> points = [.. ring];
        points.Add(points[0].Copy());
        return Clean(Factory.CreatePolygon([.. points]));
    }

    /// <summary>Four points in their order around it.</summary>
    public static Polygon Quadrangle(Coordinate a, Coordinate b, Coordinate c, Coordinate d) => Factory.CreatePolygon([a, b, c, d, a.Copy()]);

    /// <summary>Overlays that end well however nearly edges coincide: the plain ones throw where they cannot tell in and out apart.</summary>
    public static Geometry Common(Geometry a, Geometry b) => Areas(OverlayNGRobust.Overlay(Apart(a, b).Near, b, SpatialFunction.Intersection));

    /// <inheritdoc cref="Common"/>
    public static Geometry Without(Geometry a, Geometry b)
    {
        var (near, far) = Apart(a, b);
        return Factory.CreateMultiPolygon([.. far, .. Polygons(OverlayNGRobust.Overlay(near, b, SpatialFunction.Difference))]);
    }

    /// <inheritdoc cref="Common"/>
    public static Geometry Together(Geometry a, Geometry b) => Areas(OverlayNGRobust.Overlay(a, b, SpatialFunction.Union));

    /// <summary>Without polygons that are smaller than this, km².</summary>
    public static Geometry WithoutSlivers(Geometry geometry, double leastKm2) =>
        Factory.BuildGeometry([.. Polygons(geometry).Where(polygon => polygon.Area >= leastKm2)]);

    /// <summary>No area crosses the 180th meridian, and what touches it stays on its side.</summary>
    public GeoArea Unproject(Geometry geometry) => new(
        [.. Polygons(geometry).Select(polygon => Geo(polygon, at => Projection.Unproject(at) is var point ? point with { LongitudeDeg = Math.Clamp(point.LongitudeDeg, -180, 180) } : default))]);

    /// <summary>What another geometry may reach, and what it does not: an overlay takes as long as there are points.</summary>
    private static (Geometry Near, IEnumerable<Polygon> Far) Apart(Geometry geometry, Geometry other)
    {
        var reach = Polygons(geometry).ToLookup(polygon => polygon.EnvelopeInternal.Intersects(other.EnvelopeInternal));
        return (Factory.CreateMultiPolygon([.. reach[true]]), reach[false]);
    }

    /// <summary>Without the lines and points in which areas only touch.</summary>
    private static Geometry Areas(Geometry geometry) => geometry is NetTopologySuite.Geometries.Polygon or MultiPolygon ? geometry : Factory.CreateMultiPolygon([.. Polygons(geometry)]);

    private static Geometry Clean(Geometry geometry) => geometry is Polygon { IsValid: true } ? geometry : geometry.Buffer(0);

    private static IEnumerable<Polygon> Polygons(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>().Where(polygon => !polygon.IsEmpty);

    private static Polygon Polygon(GeoPolygon polygon, Func<GeoPoint, Coordinate> at)
    {
        var rings = polygon.Rings.Select(ring => Factory.CreateLinearRing([.. ring.Select(at)])).ToList();
        return Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);
    }

    private static GeoPolygon Geo(Polygon polygon, Func<Coordinate, GeoPoint> at) =>
        new([.. polygon.InteriorRings.Prepend(polygon.ExteriorRing).Select(ring => (IReadOnlyList<GeoPoint>)[.. ring.Coordinates.Select(at)])]);
}
