using Orrery.Planning.Verification.Checks;

namespace Orrery.Planning.Verification;

/// <summary>
/// Checks a finished plan against its input and against physics, by SGP4 at every time that matters, and by none of the planner's own code.
/// </summary>
public static class PlanVerifier
{
    private static readonly Func<PlanCase, IEnumerable<PlanViolation>>[] Checks =
    [
        PlaceCheck.Violations,
        WorkCheck.Violations,
        FinishedCheck.Violations,
        OrderCheck.Violations,
        FlowCheck.Violations,
        LegCheck.Violations,
        SightCheck.Violations,
        CapacityCheck.Violations,
        ExclusiveCheck.Violations,
        ComputeCheck.Violations,
        PowerCheck.Violations,
        TotalsCheck.Violations,
    ];

    /// <summary>What is wrong with the plan; empty when it is sound. Of an infeasible plan only that it says why and takes nothing.</summary>
    /// <remarks>Times are held to 5 µs, ends of contacts and umbra to 0.1 s, data to 0.1 %, charge to 0.1 % of the battery.</remarks>
    public static IReadOnlyList<PlanViolation> Verify(PlanningInput input, Plan plan)
    {
        if (!plan.Feasible)
            return [.. OfInfeasible(plan)];
        if ((plan.QualityTier is null) != (input.Spec.Tiers.Count == 0) || (plan.QualityTier is { } name && input.Spec.Tiers.All(tier => tier.Name != name)))
            return [new(ViolationCodes.WorkChanged, $"The plan is of the quality tier '{plan.QualityTier}', which the workload does not give.")];
        return plan.Training is not null
            ? [.. OfVerdict(plan)]
            : [.. Checks.SelectMany(check => check(new PlanCase(input with { Spec = input.Spec.At(plan.QualityTier) }, plan)))];
    }

    /// <summary>Of a verdict without stages only that it takes nothing.</summary>
    private static IEnumerable<PlanViolation> OfVerdict(Plan plan)
    {
        if (plan.Stages.Count > 0 || plan.Transfers.Count > 0 || plan.Bookings.Count > 0 || plan.Training is null)
            yield return new(ViolationCodes.WorkChanged, "Distributed training is judged, not planned: it has no stages and books nothing.");
        if (plan.IslBound != (plan.Training?.AllReduceS is not { } communication || communication > plan.Training.ComputePerStepS))
            yield return new(ViolationCodes.ReasonsWrong, "isl_bound is not what the times per step say.");
    }

    private static IEnumerable<PlanViolation> OfInfeasible(Plan plan)
    {
        if (plan.Reasons.Count == 0)
            yield return new(ViolationCodes.ReasonsWrong, "The plan is infeasible and gives no reason.");
        if (plan.Bookings.Count > 0)
            yield return new(ViolationCodes.ReasonsWrong, $"The plan is infeasible and books {plan.Bookings.Count} resources.");
    }
}
