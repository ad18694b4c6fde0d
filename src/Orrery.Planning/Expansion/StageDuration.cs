namespace Orrery.Planning.Expansion;

/// <summary>When a stage is modelled by a duration instead of by TFLOP.</summary>
internal static class StageDuration
{
    public static double? Of(WorkSpec spec, PlanningOptions options) =>
        spec.DurationS ?? (spec.Layers.Count == 0 ? options.NominalStageS : null);

    public static IEnumerable<string> Notes(WorkSpec spec, PlanningOptions options)
    {
        if (spec.DurationS is null && spec.Layers.Count == 0)
            yield return $"Neither model.layers nor program.duration_s is given: a stage counts as {options.NominalStageS:0.###} s of computing.";
    }
}
