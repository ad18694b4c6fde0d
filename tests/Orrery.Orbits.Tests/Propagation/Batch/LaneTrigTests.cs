using System.Runtime.Intrinsics;

namespace Orrery.Orbits.Tests;

public class LaneTrigTests
{
    private const double Tolerance = 4e-16;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1e6)]
    public void Sines_and_cosines_are_those_of_the_standard_library(double greatest) =>
        Examples.Check(Examples.Real(-greatest, greatest), 2000, angle =>
        {
            var (sin, cos) = LaneTrig.SinCos(Vector512.Create(angle));
            Math.Abs(sin[3] - Math.Sin(angle)).ShouldBeLessThan(Tolerance);
            Math.Abs(cos[3] - Math.Cos(angle)).ShouldBeLessThan(Tolerance);
        });

    [Theory]
    [InlineData(0.03)]
    [InlineData(3)]
    public void A_turn_adds_the_angles(double greatest) =>
        Examples.Check(Examples.Real(-greatest, greatest), 500, shift =>
        {
            var start = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, -7);
            var (sin, cos) = LaneTrig.SinCos(start);
            var (turnedSin, turnedCos) = LaneTrig.Turn(sin, cos, Vector512.Create(shift));
            for (var i = 0; i < NearEarthLanes.Width; i++)
            {
                turnedSin[i].ShouldBe(Math.Sin(start[i] + shift), 4 * Tolerance);
                turnedCos[i].ShouldBe(Math.Cos(start[i] + shift), 4 * Tolerance);
            }
        });

    [Fact]
    public void Quarters_of_a_turn_have_their_signs()
    {
        var (sin, cos) = LaneTrig.SinCos(Math.PI / 2 * Vector512.Create(-3.0, -2, -1, 0, 1, 2, 3, 4));
        for (var i = 0; i < NearEarthLanes.Width; i++)
        {
            sin[i].ShouldBe(Math.Sin(Math.PI / 2 * (i - 3)), Tolerance);
            cos[i].ShouldBe(Math.Cos(Math.PI / 2 * (i - 3)), Tolerance);
        }
    }
}
