namespace Orrery.Planning.Expansion;

/// <summary>One stage that holds the whole model, in orbit or on the ground.</summary>
internal sealed class SingleExpansion : IExpansion
{
    public WorkloadClass Class => WorkloadClass.Single;

    public StageGraph Expand(ExpansionContext context)
    {
        var spec = context.Spec;
        var pieces = LayerPartition.Pieces(spec, 1);
        var stage = new StageSpec
        {
            Index = 0,
            Eligible = spec.Location,
            ComputeTflop = pieces.Sum(piece => piece.Tflop),
            DurationS = StageDuration.Of(spec, context.Options),
            InputMb = spec.InputMb,
            OutputMb = spec.OutputMb,
            MemoryMb = pieces.Sum(piece => piece.ParamsMb),
            Layers = [.. pieces.Select(piece => new LayerShare(piece.Name, piece.Fraction))],
        };
        return new() { Stages = [stage], Notes = [.. StageDuration.Notes(spec, context.Options)] };
    }
}
