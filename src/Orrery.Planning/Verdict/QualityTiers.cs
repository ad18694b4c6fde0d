namespace Orrery.Planning.Verdict;

/// <summary>Degrades a workload only as far as it must be to fit.</summary>
internal static class QualityTiers
{
    /// <summary>The share of an area to which tiers are told apart.</summary>
    private const int ShareDigits = 3;

    /// <summary>
    /// The plan of the first tier that is feasible with nothing left out, with why the better ones are not; else that of the tier that leaves out least; else the last
    /// tier's reasons.
    /// </summary>
    /// <param name="input">Its workload has tiers. What is under way stays at the tier that it was begun with.</param>
    /// <param name="plan">Plans one of them, and tells whether nothing was left out.</param>
    public static Plan Best(PlanningInput input, Func<PlanningInput, (Plan Plan, bool IsWhole)> plan)
    {
        var begun = input.Previous?.QualityTier;
        var tiers = input.Spec.Tiers.Select(tier => tier.Name).Where(name => begun is null || name == begun);
        var (notes, partial) = (new List<string>(), new List<Plan>());
        Plan? last = null;
        foreach (var name in tiers)
        {
            if (last is not null)
                notes.Add(Why(last));
            var (found, isWhole) = plan(input with { Spec = input.Spec.At(name) });
            last = found with { QualityTier = name };
            if (last.Feasible && isWhole)
                return Noted(last, notes);
            if (last.Feasible)
                partial.Add(last);
        }

        if (last is null)
            throw new ArgumentException($"The workload has no quality tier '{begun}', which the plan before this one has.", nameof(input));
        if (partial.Count == 0)
            return Noted(last with { QualityTier = null }, notes);
        return Noted(partial.OrderByDescending(one => Math.Round(one.Coverage[^1].Covered, ShareDigits)).First(), [.. notes, Why(last)]);
    }

    private static string Why(Plan plan) => plan.Feasible
        ? $"Quality tier {plan.QualityTier} leaves out all but {plan.Coverage[^1].Covered:P1} of the area."
        : $"Quality tier {plan.QualityTier} cannot be planned: {string.Join(' ', plan.Reasons.Select(reason => reason.Message))}";

    private static Plan Noted(Plan plan, IEnumerable<string> notes)
    {
        var noted = plan with { Notes = [.. notes, .. plan.Notes] };
        return noted with { Fingerprint = PlanFingerprint.Of(noted) };
    }
}
