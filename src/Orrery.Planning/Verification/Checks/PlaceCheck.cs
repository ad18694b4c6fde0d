using Orrery.Orbits;

namespace Orrery.Planning.Verification.Checks;

/// <summary>Who takes part: known, allowed, with elements that hold, each running one stage.</summary>
internal static class PlaceCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan) =>
    [
        .. plan.Plan.Stages.SelectMany(stage => OfStage(plan, stage)),
        .. plan.PendingLegs.SelectMany(leg => new[] { leg.From, leg.To }).Distinct().Where(node => !plan.IsKnown(node)).Select(Unknown),
        .. Shared(plan),
        .. Used(plan).SelectMany(satellite => OfElements(plan, satellite)),
    ];

    private static IEnumerable<PlanViolation> OfStage(PlanCase plan, PlannedStage stage)
    {
        if ((stage.Location == StageLocation.Ground) != stage.SatelliteId is null)
            yield return new(ViolationCodes.UnknownSatellite, $"Stage {stage.Index} runs in {stage.Location} on satellite '{stage.SatelliteId}'.");
        if (stage.SatelliteId is not { } id || plan.Finished(stage.Index) is not null)
            yield break;
        if (plan.Satellite(stage) is null)
            yield return new(ViolationCodes.UnknownSatellite, $"Stage {stage.Index} runs on {id}, which the fleet lacks.");
        if (plan.Input.AvoidSatellites.Contains(id) || (plan.Input.AvoidByStage.TryGetValue(stage.Index, out var avoided) && avoided.Contains(id)))
            yield return new(ViolationCodes.SatelliteAvoided, $"Stage {stage.Index} runs on {id}, which is to be avoided.");
    }

    private static PlanViolation Unknown(string node) => int.TryParse(node, out _)
        ? new(ViolationCodes.UnknownSatellite, $"A transfer uses {node}, which the fleet lacks.")
        : new(ViolationCodes.UnknownStation, $"A transfer uses station '{node}', which the fleet lacks.");

    private static IEnumerable<PlanViolation> Shared(PlanCase plan) => plan.Input.Previous is not null
        ? []
        : plan.Plan.Stages.Where(stage => stage.SatelliteId is not null && plan.Spec.Class is not (WorkloadClass.SplitLearning or WorkloadClass.Spatial))
            .GroupBy(stage => (stage.SatelliteId, Round: plan.Spec.Class == WorkloadClass.Federated ? stage.Round : 0)).Where(stages => stages.Count() > 1)
            .Select(stages => new PlanViolation(
                ViolationCodes.SatelliteShared,
                $"{stages.Key.SatelliteId} runs stages {string.Join(", ", stages.Select(stage => stage.Index))}; each stage has a satellite of its own."));

    private static IEnumerable<ObservedSatellite> Used(PlanCase plan) => plan.Pending.Select(plan.Satellite)
        .Concat(plan.PendingLegs.SelectMany(leg => new[] { plan.Satellite(leg.From), plan.Satellite(leg.To) }))
        .OfType<ObservedSatellite>().Distinct();

    private static IEnumerable<PlanViolation> OfElements(PlanCase plan, ObservedSatellite satellite)
    {
        var given = plan.Input.Fleet.Satellites.First(other => $"{other.Elements.NoradId}" == satellite.Id).Elements;
        if (!plan.Plan.Elements.Contains(given))
            yield return new(ViolationCodes.ElementsMissing, $"The plan uses {satellite.Id} and does not keep its elements.");
        if (new[] { plan.Spec.StartAt, plan.End }.Any(time => satellite.ErrorAt(time) != PropagationError.None))
            yield return new(ViolationCodes.ElementsExpired, $"The elements of {satellite.Id} do not hold over the plan.");
    }
}
