using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class FramesTests
{
    /// <summary>Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., example 3-5.</summary>
    [Fact]
    public void Sidereal_time_is_that_of_the_published_example() =>
        double.RadiansToDegrees(Frames.Gmst(new DateTimeOffset(1992, 8, 20, 12, 14, 0, TimeSpan.Zero))).ShouldBe(152.578787886, 1e-7);

    /// <summary>AIAA 2006-6753, appendix C: 2004-04-06 07:51:28.386009 UTC, UT1 − UTC = −0.439962 s.</summary>
    [Fact]
    public void An_inertial_state_turns_into_the_published_Earth_fixed_state()
    {
        var ut1 = new DateTimeOffset(2004, 4, 6, 7, 51, 27, TimeSpan.Zero).AddTicks(9_460_470);
        var (position, velocity) = Frames.ToEarthFixed(
            new(5094.18010720, 6127.64470520, 6380.34453270), new(-4.746131487, 0.785818041, 5.531931288), Frames.Gmst(ut1));
        (position - new Vector3d(-1033.47503120, 7901.30558560, 6380.34453270)).Length.ShouldBeLessThan(1e-4);
        (velocity - new Vector3d(-3.225632747, -2.872442511, 5.531931288)).Length.ShouldBeLessThan(1e-6);
    }

    /// <summary>Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., example 3-3.</summary>
    [Fact]
    public void A_position_turns_into_the_published_latitude_longitude_and_height()
    {
        var place = Frames.ToGeodetic(new(6524.834, 6862.875, 6448.296));
        place.LatitudeDeg.ShouldBe(34.352496, 1e-5);
        place.LongitudeDeg.ShouldBe(46.4464, 1e-4);
        place.HeightKm.ShouldBe(5085.22, 0.01);
    }

    [Fact]
    public void Places_survive_the_way_to_the_Earth_fixed_frame_and_back() =>
        Examples.Check(
            from latitude in Examples.Real(-90, 90)
            from longitude in Examples.Real(-179.99, 179.99)
            from height in Examples.Real(-0.4, 40_000)
            select Geodetic.FromDegrees(latitude, longitude, height),
            500,
            place =>
            {
                var back = Frames.ToGeodetic(place.ToEarthFixed());
                back.LatitudeRad.ShouldBe(place.LatitudeRad, 1e-11);
                back.HeightKm.ShouldBe(place.HeightKm, 1e-6);
                (back.ToEarthFixed() - place.ToEarthFixed()).Length.ShouldBeLessThan(1e-6);
            });

    [Theory]
    [InlineData(1, 0, 0, 90, 0)]
    [InlineData(0, 0, 1, 0, 0)]
    [InlineData(0, 1, 0, 0, 90)]
    [InlineData(0, 0, -1, 0, 180)]
    [InlineData(0, -1, 0, 0, 270)]
    [InlineData(1, 1, 0, 45, 90)]
    public void Directions_from_a_site_on_the_equator(double up, double east, double north, double elevationDeg, double azimuthDeg)
    {
        var site = new GroundSite(Geodetic.FromDegrees(0, 0, 0));
        var look = site.Look(site.Position + (100 * new Vector3d(up, east, north)));
        look.ElevationDeg.ShouldBe(elevationDeg, 1e-9);
        look.AzimuthDeg.ShouldBe(azimuthDeg, 1e-9);
        look.RangeKm.ShouldBe(100 * Math.Sqrt((up * up) + (east * east) + (north * north)), 1e-9);
    }
}
