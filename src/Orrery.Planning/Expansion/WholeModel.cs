namespace Orrery.Planning.Expansion;

/// <summary>Numbers of a whole model, for classes whose stages each hold all of it.</summary>
internal static class WholeModel
{
    private const double Backward = 2;

    /// <summary>TFLOP of one batch, training included.</summary>
    public static double TflopPerBatch(WorkSpec spec) => spec.Layers.Sum(layer => layer.ComputeTflop) * (spec.Training ? 1 + Backward : 1);

    public static double ParamsMb(WorkSpec spec) => spec.Layers.Sum(layer => layer.ParamsMb);

    public static IReadOnlyList<LayerShare> Shares(WorkSpec spec) => [.. spec.Layers.Select(layer => new LayerShare(layer.Name, 1))];

    /// <summary>TFLOP of the forward pass of some layers over some batches.</summary>
    public static double Forward(IEnumerable<ModelLayer> layers, double batches) => layers.Sum(layer => layer.ComputeTflop) * batches;

    /// <summary>TFLOP of their backward pass: twice the forward one.</summary>
    public static double BackwardOf(IEnumerable<ModelLayer> layers, double batches) => Backward * Forward(layers, batches);
}
