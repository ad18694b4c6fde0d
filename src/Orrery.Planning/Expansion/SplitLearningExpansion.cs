namespace Orrery.Planning.Expansion;

/// <summary>
/// Split learning (Vepakomma et al., 2018, vanilla configuration): in each step the head runs forward where the data is,
/// the tail forward and backward elsewhere, and the head backward again. What crosses the cut is its activation and, of
/// the same size, its gradient.
/// </summary>
internal sealed class SplitLearningExpansion : IExpansion
{
    public const string Head = "head";
    public const string Tail = "tail";

    private const int StagesPerStep = 3;

    public WorkloadClass Class => WorkloadClass.SplitLearning;

    public StageGraph Expand(ExpansionContext context) => Variants(context)[0];

    /// <summary>One for each cut that is allowed.</summary>
    public IReadOnlyList<StageGraph> Variants(ExpansionContext context)
    {
        var spec = context.Spec;
        if (spec.Layers.Count == 0)
            return [Of(context, [], [])];
        var cuts = context.Previous is { Stages.Count: > 0 } previous ? [previous.Stages[0].Layers.Count]
            : spec.CutAfter is { } name ? [1 + spec.Layers.TakeWhile(layer => layer.Name != name).Count()]
            : Enumerable.Range(1, Math.Max(1, spec.Layers.Count - 1));
        return [.. cuts.Select(cut => Of(context, [.. spec.Layers.Take(cut)], [.. spec.Layers.Skip(cut)]))];
    }

    private static StageGraph Of(ExpansionContext context, List<ModelLayer> head, List<ModelLayer> tail)
    {
        var spec = context.Spec;
        var batches = (double)spec.Batches / spec.Steps;
        var crossing = head.Count > 0 ? head[^1].ActivationMb * batches : 0;
        var stages = new List<StageSpec>();
        for (var step = 0; step < spec.Steps; step++)
        {
            var isLast = step == spec.Steps - 1;
            stages.Add(Part(context, stages.Count, step, Head, head, WholeModel.Forward(head, batches), crossing));
            stages.Add(Part(context, stages.Count, step, Tail, tail, WholeModel.Forward(tail, batches) + WholeModel.BackwardOf(tail, batches), crossing));
            stages.Add(Part(context, stages.Count, step, Head, head, WholeModel.BackwardOf(head, batches), isLast ? spec.OutputMb : 0));
        }

        return new() { Stages = stages, Notes = [.. Notes(context, head)] };
    }

    private static StageSpec Part(ExpansionContext context, int index, int step, string role, List<ModelLayer> layers, double tflop, double outputMb)
    {
        var owner = context.Spec.Owner;
        var duration = StageDuration.Of(context.Spec, context.Options);
        var isTail = role == Tail;
        return new()
        {
            Index = index,
            Round = step,
            Role = role,
            Inputs = index == 0 ? [] : [index - 1],
            InputMb = index == 0 ? context.Spec.InputMb : 0,
            Only = isTail ? null : owner,
            Except = isTail ? owner : null,
            MayBeGround = isTail,
            SamePlaceAs = isTail ? (index == 1 || IsMoved(context, index) ? null : index - StagesPerStep) : null,
            ComputeTflop = duration is null ? tflop : 0,
            DurationS = duration,
            OutputMb = outputMb,
            MemoryMb = layers.Sum(layer => layer.ParamsMb),
            Layers = [.. layers.Select(layer => new LayerShare(layer.Name, 1))],
        };
    }

    /// <summary>In a re-plan the first tail that has not run yet may go to another place.</summary>
    private static bool IsMoved(ExpansionContext context, int index) =>
        context.Previous is not null && context.Finished.Any(stage => stage.Index == index - StagesPerStep) && context.Finished.All(stage => stage.Index != index);

    private static IEnumerable<string> Notes(ExpansionContext context, List<ModelLayer> head)
    {
        var spec = context.Spec;
        foreach (var note in StageDuration.Notes(spec, context.Options))
            yield return note;
        if (head.Count == 0)
            yield break;
        var mb = head[^1].ActivationMb * spec.Batches / spec.Steps;
        yield return $"The head is cut after '{head[^1].Name}'{(spec.CutAfter is null ? ", where the plan ends first" : "")}: {mb:0.###} MB cross it each way in a step, {(double)spec.Batches / spec.Steps:0.###} batches at once.";
    }
}
