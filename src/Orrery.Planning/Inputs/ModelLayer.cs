namespace Orrery.Planning;

/// <summary>One layer of the model.</summary>
/// <param name="Name">The layer's name, shown in the partition.</param>
/// <param name="ComputeTflop">TFLOP of one forward pass of one batch.</param>
/// <param name="ActivationMb">MB that leave the layer per batch.</param>
/// <param name="ParamsMb">MB of parameters that must fit in the memory of whoever holds the layer.</param>
public sealed record ModelLayer(string Name, double ComputeTflop, double ActivationMb, double ParamsMb = 0);
