namespace Orrery.Orbits.Tests;

public class Sgp4VerificationTests
{
    private const double PositionToleranceKm = 1e-6;
    private const double VelocityToleranceKmPerSecond = 1e-8;
    private const int PublishedStates = 666;

    public static TheoryData<int> Satellites => [.. Enumerable.Range(0, VerificationTable.Cases.Count)];

    [Fact]
    public void The_table_is_whole() => VerificationTable.Cases.Sum(c => c.States.Count).ShouldBe(PublishedStates);

    [Theory]
    [MemberData(nameof(Satellites))]
    public void Every_published_state_is_reproduced(int index)
    {
        var example = VerificationTable.Cases[index];
        var propagator = new Sgp4Propagator(example.Elements);
        foreach (var state in example.States)
        {
            var where = $"{example.Elements.NoradId} at {state[0]} min";
            propagator.Propagate(state[0], out var position, out var velocity).ShouldBe(PropagationError.None, where);
            (position - new Vector3d(state[1], state[2], state[3])).Length.ShouldBeLessThan(PositionToleranceKm, where);
            (velocity - new Vector3d(state[4], state[5], state[6])).Length.ShouldBeLessThan(VelocityToleranceKmPerSecond, where);
        }
    }

    [Theory]
    [MemberData(nameof(Satellites))]
    public void Where_the_published_states_stop_early_the_next_is_an_error(int index)
    {
        var example = VerificationTable.Cases[index];
        var propagator = new Sgp4Propagator(example.Elements);
        if (example.Next < example.Stop - 1e-6)
            propagator.Propagate(example.Next, out _, out _).ShouldNotBe(PropagationError.None, $"{example.Elements.NoradId} at {example.Next} min");
    }

    [Fact]
    public void Errors_of_all_published_kinds_occur() =>
        VerificationTable.Cases
            .Select(c => new Sgp4Propagator(c.Elements).Propagate(Math.Min(c.Stop, c.Next), out _, out _))
            .Where(e => e != PropagationError.None)
            .Distinct()
            .Order()
            .ShouldBe([PropagationError.MeanEccentricity, PropagationError.PerturbedEccentricity, PropagationError.SemiLatusRectum, PropagationError.Decayed]);
}
