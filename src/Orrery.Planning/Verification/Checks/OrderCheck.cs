namespace Orrery.Planning.Verification.Checks;

/// <summary>Nothing starts too early, and no stage before all of its input has arrived.</summary>
internal static class OrderCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan) =>
    [
        .. plan.Pending.SelectMany(stage => OfStage(plan, stage)),
        .. plan.PendingLegs.Where(leg => leg.Start.SecondsTo(plan.Earliest) > Tolerance.OrderS)
            .Select(leg => new PlanViolation(ViolationCodes.StartsEarly, $"{leg.Text()} starts {leg.Start:O}, before {plan.Earliest:O}.")),
    ];

    private static IEnumerable<PlanViolation> OfStage(PlanCase plan, PlannedStage stage)
    {
        if (stage.Start.SecondsTo(plan.Earliest) > Tolerance.OrderS)
            yield return new(ViolationCodes.StartsEarly, $"Stage {stage.Index} starts {stage.Start:O}, before {plan.Earliest:O}.");
        foreach (var before in plan.Plan.Stages.Where(other => stage.Inputs.Contains(other.Index) && stage.Start.SecondsTo(other.End) > Tolerance.OrderS))
            yield return new(ViolationCodes.InputLate, $"Stage {stage.Index} starts {stage.Start:O}, before stage {before.Index} has ended.");
        foreach (var leg in plan.Plan.Transfers.Where(leg => leg.ToStage == stage.Index && stage.Start.SecondsTo(leg.End) > Tolerance.OrderS))
            yield return new(ViolationCodes.InputLate, $"{leg.Text()} arrives {leg.End:O}, after the stage has started.");
    }
}
