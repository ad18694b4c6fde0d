namespace Orrery.Orbits.Tests;

public class EphemerisTests
{
    private const double StatedErrorKm = 0.01;

    [Fact]
    public void Interpolated_states_are_within_the_stated_error() =>
        Examples.Check(Examples.Satellites, 100, elements =>
        {
            var satellite = new Sgp4Propagator(elements);
            var ephemeris = Ephemeris.Sample(satellite, Examples.Epoch, Examples.Epoch.AddHours(12));
            for (var time = Examples.Epoch; time <= ephemeris.End; time = time.AddSeconds(77.7))
            {
                satellite.Propagate(time, out var position, out var velocity);
                var (sampledPosition, sampledVelocity) = ephemeris.Teme(time);
                (sampledPosition - position).Length.ShouldBeLessThan(StatedErrorKm);
                (sampledVelocity - velocity).Length.ShouldBeLessThan(StatedErrorKm);
            }
        });

    [Fact]
    public void Outside_its_interval_there_is_no_state()
    {
        var ephemeris = Ephemeris.Sample(new Sgp4Propagator(Examples.Iss), Examples.Epoch, Examples.Epoch.AddHours(1));
        Should.Throw<ArgumentOutOfRangeException>(() => ephemeris.Teme(Examples.Epoch.AddHours(1).AddSeconds(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => ephemeris.EarthFixed(Examples.Epoch.AddSeconds(-1)));
    }

    [Fact]
    public void A_decay_ends_it_and_says_why()
    {
        var falling = VerificationTable.Cases.Single(c => c.Elements.NoradId == 28_872);
        var ephemeris = Ephemeris.Sample(new Sgp4Propagator(falling.Elements), falling.Elements.Epoch, falling.Elements.Epoch.AddHours(2));
        ephemeris.Error.ShouldNotBe(PropagationError.None);
        ephemeris.End.ShouldBeInRange(falling.Elements.Epoch.AddMinutes(45), falling.Elements.Epoch.AddMinutes(56));
    }
}
