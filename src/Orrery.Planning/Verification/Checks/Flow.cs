namespace Orrery.Planning.Verification.Checks;

/// <summary>Data that must get from one place to another.</summary>
/// <param name="FromStage">Null: the workload's input.</param>
/// <param name="ToStage">Null: the workload's output.</param>
/// <param name="Source">NORAD number; null for any station.</param>
/// <param name="Destination">NORAD number; null for any station.</param>
/// <param name="Ready">When the source has it.</param>
internal sealed record Flow(int? FromStage, int? ToStage, double Mb, string? Source, string? Destination, DateTimeOffset Ready)
{
    /// <summary>What still has to move: the inputs, what stages give to others, and what comes down of those that nobody reads.</summary>
    public static IEnumerable<Flow> Of(PlanCase plan)
    {
        var stages = plan.Plan.Stages;
        var byIndex = stages.ToDictionary(stage => stage.Index);
        foreach (var stage in stages.Where(stage => plan.Finished(stage.Index) is null))
        {
            if (InputMb(plan, stage) is > 0 and var mb)
                yield return new(null, stage.Index, mb, null, Place(plan, stage), plan.Earliest);
            foreach (var from in stage.Inputs.Where(byIndex.ContainsKey).Select(input => byIndex[input]))
                yield return new(from.Index, stage.Index, from.ActivationOutMb, Place(plan, from), Place(plan, stage), from.End);
        }

        foreach (var last in stages.Where(stage => !stages.Any(other => other.Inputs.Contains(stage.Index))))
            yield return new(last.Index, null, OutputMb(plan, last), Place(plan, last), null, last.End);
    }

    /// <summary>A chain takes what the workload says; of others <see cref="ClassCheck"/> says whether what the stages take is that.</summary>
    private static double InputMb(PlanCase plan, PlannedStage stage) => !ClassCheck.IsChain(plan) ? stage.InputMb : stage.Index == 0 ? plan.Spec.InputMb : 0;

    private static double OutputMb(PlanCase plan, PlannedStage stage) => ClassCheck.IsChain(plan) ? plan.Spec.OutputMb : stage.ActivationOutMb;

    /// <summary>MB that the legs must move: none when source and destination are one.</summary>
    public double MovedMb => Source == Destination ? 0 : Mb;

    public string Text => $"Transfer {FromStage?.ToString() ?? "input"}→{ToStage?.ToString() ?? "output"}";

    public bool IsSource(PlanCase plan, string node) => Source is { } source ? node == source : plan.Station(node) is not null;

    public bool IsDestination(PlanCase plan, string node) => Destination is { } destination ? node == destination : plan.Station(node) is not null;

    private static string? Place(PlanCase plan, PlannedStage stage) =>
        plan.Finished(stage.Index) is { } finished ? finished.SatelliteId : stage.SatelliteId?.ToString();
}
