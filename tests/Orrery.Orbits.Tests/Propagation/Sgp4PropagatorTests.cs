namespace Orrery.Orbits.Tests;

public class Sgp4PropagatorTests
{
    [Fact]
    public void A_batch_gives_what_single_calls_give_and_allocates_nothing()
    {
        var propagator = new Sgp4Propagator(VerificationTable.Cases.Single(c => c.Elements.NoradId == 8_195).Elements);
        var minutes = Enumerable.Range(-500, 1000).Select(i => i * 7.0).ToArray();
        var (positions, velocities, errors) = (new Vector3d[1000], new Vector3d[1000], new PropagationError[1000]);
        propagator.Propagate(minutes, positions, velocities, errors);
        var before = GC.GetAllocatedBytesForCurrentThread();
        propagator.Propagate(minutes, positions, velocities, errors);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        for (var i = 0; i < minutes.Length; i++)
        {
            propagator.Propagate(minutes[i], out var position, out var velocity).ShouldBe(errors[i]);
            (positions[i], velocities[i]).ShouldBe((position, velocity));
        }
    }

    [Fact]
    public void Calls_at_once_and_in_any_order_do_not_disturb_each_other()
    {
        var propagator = new Sgp4Propagator(VerificationTable.Cases.Single(c => c.Elements.NoradId == 24_208).Elements);
        var expected = Enumerable.Range(0, 400).Select(i => Position(propagator, i * 31.0)).ToArray();
        var together = new Vector3d[400];
        Parallel.For(0, 400, i => together[399 - i] = Position(propagator, (399 - i) * 31.0));
        together.ShouldBe(expected);
    }

    [Fact]
    public void Spans_of_unequal_length_are_refused() =>
        Should.Throw<ArgumentException>(() => new Sgp4Propagator(Examples.Iss).Propagate([0, 1], new Vector3d[1], new Vector3d[2], new PropagationError[2]));

    private static Vector3d Position(Sgp4Propagator propagator, double minutes)
    {
        propagator.Propagate(minutes, out var position, out _);
        return position;
    }
}
