using Orrery.Planning.Routing;
using Orrery.Planning.Verdict;

namespace Orrery.Planning.Tests.Plans;

public sealed class DistributedTrainingTests
{
    private static readonly WorkSpec Spec = new()
    {
        Class = WorkloadClass.DistributedTraining,
        StartAt = TestFleet.Epoch,
        NamesSatellites = true,
        Batches = 3,
        Layers = [new("a", 2, 4, 400)],
        Horizon = TimeSpan.FromHours(48),
    };

    [Fact]
    public void Sparse_links_make_it_bound_by_them_and_the_verdict_has_the_numbers()
    {
        var plan = TestFleet.Plan(new() { Fleet = TestFleet.Of(TestFleet.Documented), Spec = Spec });
        plan.Feasible.ShouldBeFalse();
        plan.IslBound.ShouldBeTrue();
        var training = plan.Training.ShouldNotBeNull();
        training.Workers.ShouldBe(3);
        training.ComputePerStepS.ShouldBe(12, 0.01, "a third of 3 batches of 2 TFLOP forward, twice that backward, at 0.5 TFLOP/s, or in umbra at 0.3");
        training.GroundS.ShouldBe(1.8, 1e-9);
        training.Efficiency.ShouldBe(training.ComputePerStepS / (training.ComputePerStepS + training.AllReduceS!.Value), 1e-9);
        var reason = plan.Reasons.ShouldHaveSingleItem();
        reason.Code.ShouldBe(ReasonCodes.IslBound);
        reason.Remedy.ShouldContain("federated");
    }

    [Fact]
    public void With_work_enough_in_a_step_it_is_bound_no_more()
    {
        var bound = TestFleet.Plan(new() { Fleet = TestFleet.Of(TestFleet.Documented), Spec = Spec with { Layers = [new("a", 2, 4, 1)] } });
        var batches = (int)Math.Ceiling(Spec.Batches * bound.Training!.AllReduceS!.Value / bound.Training.ComputePerStepS) * 4;
        var plan = TestFleet.Plan(new() { Fleet = TestFleet.Of(TestFleet.Documented), Spec = Spec with { Layers = [new("a", 2, 4, 1)], Batches = batches } });
        plan.Feasible.ShouldBeTrue(string.Join(' ', plan.Reasons.Select(reason => reason.Message)));
        plan.IslBound.ShouldBeFalse();
        plan.Stages.ShouldBeEmpty();
        plan.Bookings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_ring_over_even_links_takes_its_phases(int workers)
    {
        var network = new EvenNetwork(mbPerS: 10, delayS: 0.5);
        int[] order = [.. Enumerable.Range(0, workers)];
        var mb = 60.0 * workers;
        AllReduce.Ring(network, order, [.. order.Select(_ => 100.0)], mb).ShouldBe(100 + (2 * (workers - 1) * (6 + 0.5)), 1e-9);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(8, 3)]
    [InlineData(9, 3)]
    public void A_tree_over_even_links_takes_two_times_its_depth(int workers, int depth)
    {
        var network = new EvenNetwork(mbPerS: 10, delayS: 0.5);
        int[] order = [.. Enumerable.Range(0, workers)];
        AllReduce.Tree(network, order, [.. order.Select(_ => 0.0)], 60).ShouldBe(2 * depth * 6.5, 1e-9);
    }

    /// <summary>Every two see each other always, at one rate.</summary>
    private sealed class EvenNetwork(double mbPerS, double delayS) : INetwork
    {
        public TransferPath? Route(int from, int to, double ready, double mb) =>
            new(ready, mb, [new(null, TransferKind.InterSatellite, from, to, ready, ready + (mb / mbPerS), ready + (mb / mbPerS) + delayS)]);

        public Planning.Timeline.ComputeProfile Compute(int satellite) => throw new NotSupportedException();

        public double MemoryMb(int satellite) => double.PositiveInfinity;

        public double FullRate(int satellite) => 1;
    }
}
