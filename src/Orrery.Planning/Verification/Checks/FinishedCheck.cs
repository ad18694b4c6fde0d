namespace Orrery.Planning.Verification.Checks;

/// <summary>A re-plan leaves finished stages as they were and keeps the partition.</summary>
internal static class FinishedCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan) =>
    [
        .. plan.Input.Finished.SelectMany(finished => OfFinished(plan, finished)),
        .. plan.Input.Previous is { Stages.Count: > 0 } previous ? OfPartition(plan, previous) : [],
    ];

    private static IEnumerable<PlanViolation> OfFinished(PlanCase plan, FinishedStage finished)
    {
        if (plan.Plan.Stages.FirstOrDefault(stage => stage.Index == finished.Index) is not { } stage)
        {
            yield return new(ViolationCodes.FinishedChanged, $"Finished stage {finished.Index} is gone.");
            yield break;
        }

        if (stage.SatelliteId?.ToString() != finished.SatelliteId)
            yield return new(ViolationCodes.FinishedChanged, $"Finished stage {finished.Index} moved from {finished.SatelliteId} to {stage.SatelliteId}.");
        if (Math.Abs(stage.End.SecondsTo(finished.End)) > Tolerance.OrderS)
            yield return new(ViolationCodes.FinishedChanged, $"Finished stage {finished.Index} ended {finished.End:O}, the plan says {stage.End:O}.");
    }

    private static IEnumerable<PlanViolation> OfPartition(PlanCase plan, Plan previous) =>
        previous.Stages.Count == plan.Plan.Stages.Count
            ? previous.Stages.Zip(plan.Plan.Stages)
                .Where(pair => !pair.First.Layers.SequenceEqual(pair.Second.Layers) || !Tolerance.Equal(pair.First.ComputeTflop, pair.Second.ComputeTflop))
                .Select(pair => new PlanViolation(ViolationCodes.WorkChanged, $"Stage {pair.First.Index} does not keep its part of the model."))
            : [new(ViolationCodes.WorkChanged, $"The plan has {plan.Plan.Stages.Count} stages, the one before it {previous.Stages.Count}.")];
}
