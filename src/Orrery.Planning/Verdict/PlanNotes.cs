using Orrery.Planning.Catalog;
using Orrery.Planning.Expansion;

namespace Orrery.Planning.Verdict;

/// <summary>What a user should know beside the verdict.</summary>
internal static class PlanNotes
{
    public static IReadOnlyList<string> Of(PlanningInput input, StageGraph graph, Plan plan, IReadOnlyList<TrackedSatellite> used, PlanningOptions options)
    {
        var notes = graph.Notes.ToList();
        foreach (var satellite in used)
        {
            var age = input.Spec.StartAt - satellite.Elements.Epoch;
            if (age.Duration() > options.StaleElements)
                notes.Add($"The elements of {satellite.NoradId} are {age.Duration().TotalDays:0} days from the planned time.");
        }

        if (plan.Considered < plan.Candidates)
            notes.Add($"The search looked at the {plan.Considered} candidates with the most ground access, of {plan.Candidates}.");
        if (plan.GapFraction > 0)
            notes.Add($"{(graph.IsChain ? "The search was cut off: a" : "A")} better plan could be at most {plan.GapFraction:P1} shorter.");
        foreach (var shared in !graph.IsChain || input.Spec.Class != WorkloadClass.ModelParallel ? [] : plan.Stages.Where(stage => stage.SatelliteId is not null).GroupBy(stage => stage.SatelliteId).Where(group => group.Count() > 1))
            notes.Add($"Satellite {shared.Key} runs stages {string.Join(" and ", shared.Select(stage => stage.Index))}: no other could.");
        return [.. notes.Distinct()];
    }
}
