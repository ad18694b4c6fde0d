namespace Orrery.Planning.Verdict;

/// <summary>Degrades a workload only as far as it must be to fit.</summary>
internal static class QualityTiers
{
    /// <summary>The share of an area to which tiers are told apart.</summary>
    private const int ShareDigits = 3;

    /// <summary>
    /// The plan of the first tier that is feasible, with why the better ones are not; else, where parts may be missing, that of the tier that leaves out least; else
    /// the last tier's reasons.
    /// </summary>
    /// <param name="input">Its workload has tiers. What is under way stays at the tier that it was begun with.</param>
    /// <param name="plan">Plans one of them; true: parts may be left out.</param>
    public static Plan Best(PlanningInput input, Func<PlanningInput, bool, Plan> plan)
    {
        var begun = input.Previous?.QualityTier;
        var tiers = input.Spec.Tiers.Where(tier => begun is null || tier.Name == begun).ToList();
        var notes = new List<string>();
        Plan? last = null;
        foreach (var tier in tiers)
        {
            if (last is not null)
                notes.Add(Why(tiers[notes.Count], last));
            last = plan(At(tier), false);
            if (last.Feasible)
                return Stamped(last with { QualityTier = tier.Name, Notes = [.. notes, .. last.Notes] });
        }

        if (last is null)
            throw new ArgumentException($"The workload has no quality tier '{begun}', which the plan before this one has.", nameof(input));
        var partial = input.Spec.Class != WorkloadClass.Spatial || input.Previous is not null ? [] : tiers.Select(tier => (tier.Name, Plan: plan(At(tier), true))).Where(one => one.Plan.Feasible).ToList();
        if (partial.OrderByDescending(one => Math.Round(one.Plan.Coverage[^1].Covered, ShareDigits)).FirstOrDefault() is { Plan: { } most } best)
            return Stamped(most with { QualityTier = best.Name, Notes = [.. notes, Why(tiers[^1], last), .. most.Notes] });
        return Stamped(last with { Notes = [.. notes, .. last.Notes] });

        PlanningInput At(QualityTier tier) => input with { Spec = input.Spec.At(tier.Name) };
    }

    private static string Why(QualityTier tier, Plan plan) => $"Quality tier {tier.Name} cannot be planned: {string.Join(' ', plan.Reasons.Select(reason => reason.Message))}";

    private static Plan Stamped(Plan plan) => plan with { Fingerprint = PlanFingerprint.Of(plan) };
}
