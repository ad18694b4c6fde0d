using NetTopologySuite.Geometries;
using Orrery.Planning.Spatial;

namespace Orrery.Planning.Tests.Plans;

public sealed class EqualAreaTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 52)]
    [InlineData(-120, -35)]
    [InlineData(179, 70)]
    public void The_projection_keeps_areas_and_comes_back(double longitude, double latitude)
    {
        var projection = new EqualArea(new(longitude, latitude));
        foreach (var (east, north) in new[] { (0.0, 0.0), (3, 2), (-8, 5), (10, -9) })
        {
            var point = new GeoPoint(longitude + east, latitude + north);
            var back = projection.Unproject(projection.Project(point));
            back.LatitudeDeg.ShouldBe(point.LatitudeDeg, 1e-9);
            (((back.LongitudeDeg - point.LongitudeDeg + 540) % 360) - 180).ShouldBe(0, 1e-9);
            const double Side = 0.05;
            var cell = new Polygon(new LinearRing([.. Corners(point, Side).Select(projection.Project)]));
            var band = Math.Sin(double.DegreesToRadians(point.LatitudeDeg + Side)) - Math.Sin(double.DegreesToRadians(point.LatitudeDeg));
            cell.Area.ShouldBe(EqualArea.RadiusKm * EqualArea.RadiusKm * double.DegreesToRadians(Side) * band, cell.Area * 1e-5);
        }
    }

    [Fact]
    public void The_poles_and_the_180th_meridian_come_back()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var centre = new GeoPoint((random.NextDouble() * 360) - 180, (random.NextDouble() * 178) - 89);
            var projection = new EqualArea(centre);
            foreach (var pole in new[] { 90.0, -90 })
                projection.Unproject(projection.Project(new GeoPoint(centre.LongitudeDeg, pole))).LatitudeDeg.ShouldBe(pole, 1e-5, $"centre {centre}");
            var east = new EqualArea(new(180 - (random.NextDouble() * 50), centre.LatitudeDeg));
            east.Unproject(east.Project(new GeoPoint(180, centre.LatitudeDeg / 2))).LongitudeDeg.ShouldBe(180, 1e-9);
        }
    }

    private static IEnumerable<GeoPoint> Corners(GeoPoint at, double side) =>
    [
        at, new(at.LongitudeDeg + side, at.LatitudeDeg), new(at.LongitudeDeg + side, at.LatitudeDeg + side), new(at.LongitudeDeg, at.LatitudeDeg + side), at,
    ];
}
