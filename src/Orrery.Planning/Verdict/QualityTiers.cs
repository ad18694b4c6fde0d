namespace Orrery.Planning.Verdict;

/// <summary>Degrades a workload only as far as it must be to fit.</summary>
internal static class QualityTiers
{
    /// <summary>The plan of the first tier that is feasible, with why the better ones are not; else the last tier's reasons.</summary>
    /// <param name="input">Its workload has tiers. What is under way stays at the tier that it was begun with.</param>
    /// <param name="plan">Plans one of them.</param>
    public static Plan Best(PlanningInput input, Func<PlanningInput, Plan> plan)
    {
        var begun = input.Previous?.QualityTier;
        var tiers = input.Spec.Tiers.Where(tier => begun is null || tier.Name == begun).ToList();
        var notes = new List<string>();
        foreach (var tier in tiers)
        {
            var found = plan(input with { Spec = input.Spec.At(tier.Name) });
            if (found.Feasible)
                return Stamped(found with { QualityTier = tier.Name, Notes = [.. notes, .. found.Notes] });
            if (tier == tiers[^1])
                return Stamped(found with { Notes = [.. notes, .. found.Notes] });
            notes.Add($"Quality tier {tier.Name} cannot be planned: {string.Join(' ', found.Reasons.Select(reason => reason.Message))}");
        }

        throw new ArgumentException($"The workload has no quality tier '{begun}', which the plan before this one has.", nameof(input));
    }

    private static Plan Stamped(Plan plan) => plan with { Fingerprint = PlanFingerprint.Of(plan) };
}
