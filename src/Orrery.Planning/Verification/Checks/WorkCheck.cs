namespace Orrery.Planning.Verification.Checks;

/// <summary>The stages do the whole work that was asked for, each layer once, and its parameters fit where they are held.</summary>
internal static class WorkCheck
{
    private const double TrainingFactor = 3;

    public static IEnumerable<PlanViolation> Violations(PlanCase plan) =>
    [
        .. ClassCheck.IsChain(plan) ? Layers(plan) : ClassCheck.Violations(plan),
        .. plan.Plan.Stages.SelectMany((stage, i) => OfStage(plan, stage, i)),
    ];

    private static IEnumerable<PlanViolation> Layers(PlanCase plan) => plan.Spec.Layers.GroupBy(layer => layer.Name)
        .Select(layers => (
            Name: layers.Key,
            Given: layers.Count(),
            Held: plan.Plan.Stages.SelectMany(stage => stage.Layers).Where(share => share.Name == layers.Key).Sum(share => share.Fraction)))
        .Where(layer => !Tolerance.Equal(layer.Given, layer.Held))
        .Select(layer => new PlanViolation(ViolationCodes.WorkChanged, $"The stages hold {layer.Held} of layer '{layer.Name}', not {layer.Given}."));

    private static IEnumerable<PlanViolation> OfStage(PlanCase plan, PlannedStage stage, int position)
    {
        if (stage.Index != position)
            yield return Changed(stage, "index", position, stage.Index);
        if (plan.Satellite(stage) is { } satellite && stage.MemoryMb > satellite.Bus.MemoryMb * (1 + Tolerance.Amount))
            yield return new(ViolationCodes.MemoryExceeded, $"Stage {stage.Index} holds {stage.MemoryMb} MB where {satellite.Id} has {satellite.Bus.MemoryMb}.");
        if (plan.Spec.DurationS is { } duration && stage.DurationS != duration && stage.Role is not ("combine" or "aggregate"))
            yield return Changed(stage, "duration (s)", duration, stage.DurationS ?? 0);
        if (ClassCheck.IsChain(plan) && plan.Spec.Layers.DistinctBy(layer => layer.Name).Count() == plan.Spec.Layers.Count)
        {
            foreach (var violation in OfLayers(plan, stage))
                yield return violation;
        }
    }

    private static IEnumerable<PlanViolation> OfLayers(PlanCase plan, PlannedStage stage)
    {
        var held = stage.Layers.Join(plan.Spec.Layers, share => share.Name, layer => layer.Name, (share, layer) => (share.Fraction, Layer: layer)).ToList();
        if (held.Count != stage.Layers.Count)
            yield return Changed(stage, "known layers", stage.Layers.Count, held.Count);
        var tflop = held.Sum(part => part.Fraction * part.Layer.ComputeTflop) * plan.Spec.Batches * (plan.Spec.Training ? TrainingFactor : 1);
        if (!Tolerance.Equal(tflop, stage.ComputeTflop))
            yield return Changed(stage, "compute (TFLOP)", tflop, stage.ComputeTflop);
        var memory = held.Sum(part => part.Fraction * part.Layer.ParamsMb);
        if (!Tolerance.Equal(memory, stage.MemoryMb))
            yield return Changed(stage, "memory (MB)", memory, stage.MemoryMb);
        var isLast = stage.Index == plan.Plan.Stages.Count - 1;
        var activation = isLast ? plan.Spec.OutputMb : held.Select(part => part.Layer.ActivationMb).LastOrDefault() * plan.Spec.Batches;
        if (!Tolerance.Equal(activation, stage.ActivationOutMb))
            yield return Changed(stage, "activation (MB)", activation, stage.ActivationOutMb);
    }

    private static PlanViolation Changed(PlannedStage stage, string what, double asked, double planned) =>
        new(ViolationCodes.WorkChanged, $"Stage {stage.Index}: {what} is {planned}, the workload makes it {asked}.");
}
