using Orrery.Planning.Expansion;

namespace Orrery.Planning.Tests.Expansion;

public sealed class LayerPartitionTests
{
    [Theory]
    [InlineData(new double[] { 2 }, 3, new[] { 3 })]
    [InlineData(new double[] { 6, 2 }, 3, new[] { 2, 1 })]
    [InlineData(new double[] { 6, 2 }, 5, new[] { 4, 1 })]
    [InlineData(new double[] { 4, 4 }, 3, new[] { 2, 1 })]
    [InlineData(new double[] { 1, 2, 3 }, 2, new[] { 1, 1, 1 })]
    public void The_largest_layers_are_split_evenly(double[] compute, int stages, int[] parts) =>
        LayerPartition.EvenParts([.. compute.Select((tflop, i) => new ModelLayer($"l{i}", tflop, 1))], stages).ShouldBe(parts);

    [Fact]
    public void Pieces_hold_all_batches_and_training_triples_the_compute()
    {
        var spec = new WorkSpec { StartAt = default, Training = true, Batches = 4, Layers = [new("a", 2, 5, 8)] };

        var pieces = LayerPartition.Pieces(spec, 2);

        pieces.ShouldBe([new("a", 0.5, 12, 20, 4), new("a", 0.5, 12, 20, 4)]);
    }

    [Fact]
    public void Without_a_number_of_stages_there_is_one_a_layer_and_at_most_one_a_candidate()
    {
        var spec = new WorkSpec { StartAt = default, Class = WorkloadClass.ModelParallel, Layers = [new("a", 1, 1), new("b", 1, 1), new("c", 1, 1)] };

        Stages(spec, 9).ShouldBe(3);
        Stages(spec, 2).ShouldBe(2);
        Stages(spec with { Stages = 5 }, 2).ShouldBe(5);
    }

    [Fact]
    public void Classes_without_an_expansion_are_unknown() =>
        ExpansionRegistry.Default.Classes.Order().ShouldBe([WorkloadClass.Single, WorkloadClass.DataParallel, WorkloadClass.Spatial, WorkloadClass.Federated, WorkloadClass.ModelParallel, WorkloadClass.SplitLearning]);

    private static int Stages(WorkSpec spec, int candidates)
    {
        var graph = ExpansionRegistry.Default.Find(spec.Class)!.Expand(new(spec, candidates, [], null) { Options = new() });
        graph.IsChain.ShouldBeTrue();
        return graph.Stages.Count;
    }
}
