namespace Orrery.Planning.Expansion;

/// <summary>A chain of stages, each on its own satellite; activations flow from stage to stage.</summary>
internal sealed class ModelParallelExpansion : IExpansion
{
    public WorkloadClass Class => WorkloadClass.ModelParallel;

    public StageGraph Expand(ExpansionContext context) => context.Previous is { Stages.Count: > 0 } previous
        ? Kept(context.Spec, previous, context.Options)
        : Fresh(context);

    private static StageGraph Fresh(ExpansionContext context)
    {
        var spec = context.Spec;
        var count = spec.Stages ?? Math.Max(1, Math.Min(spec.Layers.Count, context.Candidates));
        var duration = StageDuration.Of(spec, context.Options);
        var pieces = spec.Layers.Count == 0 ? null : LayerPartition.Pieces(spec, count);
        return new()
        {
            Stages = [.. Enumerable.Range(0, count).Select(i => Link(spec, i, count) with { DurationS = duration })],
            Pieces = pieces,
            Notes = [.. StageDuration.Notes(spec, context.Options), .. LayerPartition.Notes(spec.Layers, count)],
        };
    }

    private static StageGraph Kept(WorkSpec spec, Plan previous, PlanningOptions options) => new()
    {
        Stages =
        [
            .. previous.Stages.Select((stage, i) => Link(spec, i, previous.Stages.Count) with
            {
                ComputeTflop = stage.ComputeTflop,
                DurationS = stage.DurationS,
                OutputMb = i == previous.Stages.Count - 1 ? spec.OutputMb : stage.ActivationOutMb,
                MemoryMb = stage.MemoryMb,
                Layers = stage.Layers,
            }),
        ],
        Notes = [.. StageDuration.Notes(spec, options), .. LayerPartition.Notes(spec.Layers, previous.Stages.Count)],
    };

    private static StageSpec Link(WorkSpec spec, int index, int count) => new()
    {
        Index = index,
        Inputs = index == 0 ? [] : [index - 1],
        InputMb = index == 0 ? spec.InputMb : 0,
        OutputMb = index == count - 1 ? spec.OutputMb : 0,
    };
}
