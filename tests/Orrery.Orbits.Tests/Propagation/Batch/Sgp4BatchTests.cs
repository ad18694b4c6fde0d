using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class Sgp4BatchTests
{
    private const double MillimetreKm = 1e-6;
    private const double VelocityToleranceKmPerSecond = 1e-8;

    /// <summary>Weeks away an orbit that decays is nonsense, and Kepler's equation is left unsolved by both.</summary>
    private const double DaysThatElementsHold = 2;

    [Fact]
    public void Every_published_state_is_reproduced_in_lanes_of_times()
    {
        var checkedStates = 0;
        foreach (var example in VerificationTable.Cases)
        {
            var states = new StateArrays(example.States.Count);
            new Sgp4Propagator(example.Elements).Propagate([.. example.States.Select(state => state[0])], states);
            for (var i = 0; i < example.States.Count; i++, checkedStates++)
                ShouldBe(states, i, example.States[i], $"{example.Elements.NoradId} at {example.States[i][0]} min");
        }

        checkedStates.ShouldBe(666);
    }

    [Fact]
    public void Every_published_state_is_reproduced_in_lanes_of_satellites()
    {
        var cases = VerificationTable.Cases;
        var batch = new Sgp4Batch([.. cases.Select(c => new Sgp4Propagator(c.Elements))]);
        var states = batch.Allocate(1);
        foreach (var (example, index) in cases.Select((c, i) => (c, i)))
        {
            foreach (var state in example.States)
            {
                var time = example.Elements.Epoch.AddTicks((long)Math.Round(state[0] * TimeSpan.TicksPerMinute));
                batch.Propagate([time], states);
                ShouldBe(states, index, state, $"{example.Elements.NoradId} at {state[0]} min");
            }
        }
    }

    [Fact]
    public void Errors_are_those_of_one_state_at_a_time()
    {
        foreach (var example in VerificationTable.Cases)
        {
            var satellite = new Sgp4Propagator(example.Elements);
            double[] minutes = [.. Enumerable.Range(-20, 60).Select(i => i * 1440.0)];
            var states = new StateArrays(minutes.Length);
            satellite.Propagate(minutes, states);
            for (var i = 0; i < minutes.Length; i++)
            {
                var where = $"{example.Elements.NoradId} at {minutes[i]} min";
                var error = satellite.Propagate(minutes[i], out var position, out _);
                states.Errors[i].ShouldBe(error, where);
                if (Math.Abs(minutes[i]) <= DaysThatElementsHold * 1440)
                    (states.Position(i) - position).Length.ShouldBeLessThan(MillimetreKm, where);
            }
        }
    }

    [Fact]
    public void Lanes_give_what_one_state_at_a_time_gives() =>
        Examples.Check(
            from satellites in Examples.Satellites.ListOf(11)
            from minutes in Examples.Real(-20_000, 20_000).ListOf(3)
            select (satellites, minutes),
            60,
            example =>
            {
                Sgp4Propagator[] satellites = [.. example.satellites.Select(e => new Sgp4Propagator(e))];
                DateTimeOffset[] times = [.. example.minutes.Select(m => Examples.Epoch.AddMinutes(m))];
                var batch = new Sgp4Batch(satellites);
                var states = batch.Allocate(times.Length);
                batch.Propagate(times, states, 2);
                for (var t = 0; t < times.Length; t++)
                {
                    for (var s = 0; s < satellites.Length; s++)
                    {
                        satellites[s].Propagate(times[t], out var position, out var velocity).ShouldBe(states.Errors[(t * batch.Stride) + s]);
                        (states.Position((t * batch.Stride) + s) - position).Length.ShouldBeLessThan(MillimetreKm);
                        (states.Velocity((t * batch.Stride) + s) - velocity).Length.ShouldBeLessThan(VelocityToleranceKmPerSecond);
                    }
                }
            });

    [Fact]
    public void Arrays_that_are_too_short_are_refused()
    {
        var satellite = new Sgp4Propagator(Examples.Iss);
        Should.Throw<ArgumentException>(() => satellite.Propagate(new double[9], new StateArrays(8)));
        Should.Throw<ArgumentException>(() => new Sgp4Batch([satellite]).Propagate([Examples.Epoch, Examples.Epoch], new StateArrays(8)));
    }

    private static void ShouldBe(StateArrays states, int index, double[] expected, string where)
    {
        states.Errors[index].ShouldBe(PropagationError.None, where);
        (states.Position(index) - new Vector3d(expected[1], expected[2], expected[3])).Length.ShouldBeLessThan(MillimetreKm, where);
        (states.Velocity(index) - new Vector3d(expected[4], expected[5], expected[6])).Length.ShouldBeLessThan(VelocityToleranceKmPerSecond, where);
    }
}
