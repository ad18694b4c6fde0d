namespace Orrery.Orbits.Tests;

public class EclipseTests
{
    private static readonly Vector3d SunAt = new(Sun.AstronomicalUnitKm, 0, 0);

    [Theory]
    [InlineData(7000, 0, 1)]
    [InlineData(0, 7000, 1)]
    [InlineData(-7000, 0, 0)]
    [InlineData(-7000, 6300, 0)]
    [InlineData(-7000, 6500, 1)]
    public void Sunlight_and_umbra(double x, double y, double expected) =>
        Eclipse.VisibleFraction(new Vector3d(x, y, 0), SunAt).ShouldBe(expected);

    [Fact]
    public void Half_the_disc_is_seen_where_the_horizon_crosses_its_middle()
    {
        var distance = 42_164.0;
        var angle = Math.PI - Math.Asin(Wgs84.EquatorialRadiusKm / distance);
        var position = distance * new Vector3d(Math.Cos(angle), Math.Sin(angle), 0);
        Eclipse.VisibleFraction(position, SunAt).ShouldBe(0.5, 0.02);
    }

    [Fact]
    public void Beyond_the_tip_of_the_umbra_a_ring_of_the_Sun_is_seen()
    {
        var seen = Eclipse.VisibleFraction(new Vector3d(-2_000_000, 0, 0), SunAt);
        seen.ShouldBeInRange(0.3, 0.6);
    }
}
