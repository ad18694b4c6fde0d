namespace Orrery.Planning.Expansion;

/// <summary>A layer, or a part of one, that is never cut further.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Fraction">The part of the layer, 0 &lt; fraction ≤ 1.</param>
/// <param name="Tflop">All batches, training included.</param>
/// <param name="ActivationMb">MB that leave it, all batches.</param>
/// <param name="ParamsMb">MB of parameters.</param>
public sealed record LayerPiece(string Name, double Fraction, double Tflop, double ActivationMb, double ParamsMb);
