namespace Orrery.Planning.Verification.Checks;

/// <summary>The plan's totals follow from its parts and keep the limits.</summary>
internal static class TotalsCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan)
    {
        var makespan = plan.Spec.StartAt.SecondsTo(plan.End);
        if (plan.Plan.StartAt != plan.Spec.StartAt || Math.Abs(plan.Plan.MakespanS - makespan) > Tolerance.OrderS)
            yield return new(ViolationCodes.MakespanWrong, $"The plan says {plan.Plan.MakespanS} s from {plan.Plan.StartAt:O}; its parts take {makespan} s from {plan.Spec.StartAt:O}.");
        if (plan.Earliest.SecondsTo(plan.End) > plan.Spec.Horizon.TotalSeconds + Tolerance.OrderS)
            yield return new(ViolationCodes.HorizonExceeded, $"The plan ends {plan.End:O}, later than {plan.Spec.Horizon.TotalHours} h after {plan.Earliest:O}.");
        if (makespan > plan.Spec.Deadline?.TotalSeconds + Tolerance.OrderS)
            yield return new(ViolationCodes.DeadlineExceeded, $"The plan takes {makespan} s; the deadline is {plan.Spec.Deadline?.TotalSeconds} s.");
        if (!(plan.Plan.LowerBoundS >= 0 && plan.Plan.LowerBoundS <= plan.Plan.MakespanS + Tolerance.OrderS) || !(plan.Plan.GapFraction is >= 0 and <= 1))
            yield return new(ViolationCodes.LowerBoundWrong, $"The lower bound is {plan.Plan.LowerBoundS} s of {plan.Plan.MakespanS} s, the gap {plan.Plan.GapFraction}.");
        var inOrbit = plan.Plan.Stages.Count(stage => stage.Location == StageLocation.Orbit);
        var price = plan.Plan.Price;
        if (price.Stages != inOrbit || !Tolerance.Equal(price.Ocu, inOrbit * price.PerStageOcu) || !Tolerance.Equal(price.Cents, price.Ocu * price.CentsPerOcu))
            yield return new(ViolationCodes.PriceWrong, $"{inOrbit} stages in orbit do not make {price.Ocu} OCU and {price.Cents} cents.");
        if (plan.Plan.Reasons.Count > 0)
            yield return new(ViolationCodes.ReasonsWrong, "The plan is feasible and says why it is not.");
    }
}
