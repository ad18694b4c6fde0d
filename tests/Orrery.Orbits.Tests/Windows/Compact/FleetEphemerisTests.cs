using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class FleetEphemerisTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(60);

    [Fact]
    public void Positions_are_within_the_stated_error() =>
        Examples.Check(
            from elements in Examples.Satellites
            where elements.MeanMotionRevPerDay > 11
            from offset in Examples.Real(0, 1)
            select (elements, offset),
            100,
            example =>
            {
                var satellite = new Sgp4Propagator(example.elements);
                var ephemeris = FleetEphemeris.Sample([satellite], Examples.Epoch, Examples.Epoch.AddHours(6), Step);
                var stated = ephemeris.PositionErrorKm(0);
                for (var time = Examples.Epoch.AddSeconds(example.offset * 60); time < ephemeris.End; time = time.AddSeconds(47.3))
                {
                    satellite.Propagate(time, out var position, out _);
                    ephemeris.TryTeme(0, time, out var interpolated, out _).ShouldBeTrue();
                    (interpolated - position).Length.ShouldBeLessThan(stated);
                }
            });

    [Fact]
    public void At_550_km_and_a_minute_the_error_is_below_a_centimetre()
    {
        var satellite = new Sgp4Propagator(Examples.Iss with { Epoch = Examples.Epoch, MeanMotionRevPerDay = 15.05, Eccentricity = 1e-4 });
        var ephemeris = FleetEphemeris.Sample([satellite], Examples.Epoch, Examples.Epoch.AddDays(1), Step);
        var worst = 0.0;
        for (var time = Examples.Epoch; time < ephemeris.End; time = time.AddSeconds(7))
        {
            satellite.Propagate(time, out var position, out _);
            ephemeris.TryTeme(0, time, out var interpolated, out _).ShouldBeTrue();
            worst = Math.Max(worst, (interpolated - position).Length);
        }

        worst.ShouldBeInRange(1e-6, 1e-5);
        ephemeris.PositionErrorKm(0).ShouldBeInRange(worst, 1e-5);
    }

    [Fact]
    public void The_velocity_is_the_derivative_of_the_position()
    {
        var ephemeris = FleetEphemeris.Sample([new(Examples.Iss)], Examples.Epoch, Examples.Epoch.AddHours(1), Step);
        ephemeris.TryTeme(0, Examples.Epoch.AddSeconds(1234), out var before, out _).ShouldBeTrue();
        ephemeris.TryTeme(0, Examples.Epoch.AddSeconds(1235), out _, out var velocity).ShouldBeTrue();
        ephemeris.TryTeme(0, Examples.Epoch.AddSeconds(1236), out var after, out _).ShouldBeTrue();
        ((0.5 * (after - before)) - velocity).Length.ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void There_is_no_state_outside_the_interval_or_after_a_decay()
    {
        var falling = VerificationTable.Cases.Single(c => c.Elements.NoradId == 28_872).Elements;
        var ephemeris = FleetEphemeris.Sample([new(falling)], falling.Epoch, falling.Epoch.AddHours(2), Step);
        ephemeris.TryTeme(0, falling.Epoch.AddSeconds(-1), out _, out _).ShouldBeFalse();
        ephemeris.TryTeme(0, falling.Epoch.AddMinutes(40), out _, out _).ShouldBeTrue();
        ephemeris.TryTeme(0, falling.Epoch.AddMinutes(50), out _, out _).ShouldBeFalse();
        ephemeris.TryTeme(0, falling.Epoch.AddHours(3), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_step_that_is_not_positive_is_refused() =>
        Should.Throw<ArgumentException>(() => FleetEphemeris.Sample([], Examples.Epoch, Examples.Epoch, TimeSpan.Zero));
}
