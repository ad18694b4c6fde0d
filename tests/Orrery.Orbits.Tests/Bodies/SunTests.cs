namespace Orrery.Orbits.Tests;

public class SunTests
{
    /// <summary>Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., example 5-1.</summary>
    [Fact]
    public void The_published_position_is_reproduced()
    {
        var sun = Sun.PositionTeme(new DateTimeOffset(2006, 4, 2, 0, 0, 0, TimeSpan.Zero));
        var expected = Sun.AstronomicalUnitKm * new Vector3d(0.9771945, 0.1924424, 0.0834308);
        (sun - expected).Length.ShouldBeLessThan(1e-6 * Sun.AstronomicalUnitKm);
    }

    [Fact]
    public void The_direction_moves_at_the_rate_it_says()
    {
        var time = JulianDate.From(Examples.Epoch);
        var (before, after) = (Sun.StateTeme(time.AddSeconds(-3600)), Sun.StateTeme(time.AddSeconds(3600)));
        var moved = 1 / 7200.0 * (after.Direction - before.Direction);
        (moved - Sun.StateTeme(time).DirectionRate).Length.ShouldBeLessThan(0.04 * moved.Length);
    }
}
