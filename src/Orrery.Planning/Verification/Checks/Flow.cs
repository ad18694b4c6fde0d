namespace Orrery.Planning.Verification.Checks;

/// <summary>Data that must get from one place to another.</summary>
/// <param name="FromStage">Null: the workload's input.</param>
/// <param name="ToStage">Null: the workload's output.</param>
/// <param name="Source">NORAD number; null for any station.</param>
/// <param name="Destination">NORAD number; null for any station.</param>
/// <param name="Ready">When the source has it.</param>
internal sealed record Flow(int? FromStage, int? ToStage, double Mb, string? Source, string? Destination, DateTimeOffset Ready)
{
    /// <summary>What a chain still has to move: the input, each activation, the output.</summary>
    public static IEnumerable<Flow> Of(PlanCase plan)
    {
        var stages = plan.Plan.Stages;
        for (var i = 0; i < stages.Count; i++)
        {
            var place = Place(plan, stages[i]);
            if (plan.Finished(stages[i].Index) is not null)
                continue;
            if (i == 0)
                yield return new(null, stages[0].Index, plan.Spec.InputMb, null, place, plan.Earliest);
            else
                yield return new(stages[i - 1].Index, stages[i].Index, stages[i - 1].ActivationOutMb, Place(plan, stages[i - 1]), place, stages[i - 1].End);
        }

        if (stages.Count > 0)
            yield return new(stages[^1].Index, null, plan.Spec.OutputMb, Place(plan, stages[^1]), null, stages[^1].End);
    }

    /// <summary>MB that the legs must move: none when source and destination are one.</summary>
    public double MovedMb => Source == Destination ? 0 : Mb;

    public string Text => $"Transfer {FromStage?.ToString() ?? "input"}→{ToStage?.ToString() ?? "output"}";

    public bool IsSource(PlanCase plan, string node) => Source is { } source ? node == source : plan.Station(node) is not null;

    public bool IsDestination(PlanCase plan, string node) => Destination is { } destination ? node == destination : plan.Station(node) is not null;

    private static string? Place(PlanCase plan, PlannedStage stage) =>
        plan.Finished(stage.Index) is { } finished ? finished.SatelliteId : stage.SatelliteId?.ToString();
}
