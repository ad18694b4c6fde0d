namespace Orrery.Planning.Verification.Checks;

/// <summary>The stages are those of the workload's class, in the shape of the class, and do its whole work.</summary>
internal static class ClassCheck
{
    private const double Training = 3;

    public static bool IsChain(PlanCase plan) => plan.Spec.Class is WorkloadClass.Single or WorkloadClass.ModelParallel;

    public static IEnumerable<PlanViolation> Violations(PlanCase plan) => plan.Spec.Class switch
    {
        WorkloadClass.DataParallel => Scattered(plan),
        WorkloadClass.Spatial => SpatialCheck.Violations(plan),
        WorkloadClass.Federated => Enumerable.Range(0, plan.Spec.Rounds).SelectMany(round => Round(plan, round)).Concat(Count(plan)),
        WorkloadClass.SplitLearning => Split(plan),
        _ => [Wrong($"A plan of class {plan.Spec.Class} has no stages to run.")],
    };

    /// <summary>Parts in orbit, joined once on the ground.</summary>
    private static IEnumerable<PlanViolation> Scattered(PlanCase plan)
    {
        var (parts, joins) = (InOrbit(plan.Plan.Stages), OnGround(plan.Plan.Stages));
        if (joins is not [var join] || !join.Inputs.Order().SequenceEqual(parts.Select(part => part.Index).Order()))
            yield return Wrong("The parts are not joined once, on the ground.");
        if (plan.Spec.Shards is { } shards && parts.Count != shards)
            yield return Wrong($"There are {parts.Count} shards, not {shards}.");
        foreach (var (name, given, held) in new[]
        {
            ("input (MB)", plan.Spec.InputMb, parts.Sum(part => part.InputMb)),
            ("output (MB)", plan.Spec.OutputMb, parts.Sum(part => part.ActivationOutMb)),
            ("compute (TFLOP)", IsTimed(plan) ? 0 : Whole(plan) * (plan.Spec.Training ? Training : 1), parts.Sum(part => part.ComputeTflop)),
        })
        {
            if (!Tolerance.Equal(given, held))
                yield return Wrong($"The parts have {held} of {name}, not {given}.");
        }

        var all = parts.Sum(part => part.Parts);
        foreach (var part in parts)
        {
            if (part.Inputs.Count > 0 || part.Parts < 1 || !HoldsAll(plan, part))
                yield return Wrong($"Stage {part.Index} is no part of the data with the whole model.");
            else if (!IsTimed(plan) && !Tolerance.Equal(part.ComputeTflop * all, part.Parts * parts.Sum(one => one.ComputeTflop)))
                yield return Wrong($"Stage {part.Index} computes {part.ComputeTflop} TFLOP for {part.Parts} of {all} parts.");
        }
    }

    private static IEnumerable<PlanViolation> Count(PlanCase plan)
    {
        if (plan.Plan.Stages.Any(stage => stage.Round < 0 || stage.Round >= plan.Spec.Rounds))
            yield return Wrong($"There are more rounds than {plan.Spec.Rounds}.");
    }

    private static IEnumerable<PlanViolation> Round(PlanCase plan, int round)
    {
        var stages = plan.Plan.Stages.Where(stage => stage.Round == round).ToList();
        var (clients, joins) = (InOrbit(stages), OnGround(stages));
        if (joins is not [var join] || !join.Inputs.Order().SequenceEqual(clients.Select(client => client.Index).Order()) || clients.Count == 0)
        {
            yield return Wrong($"The clients of round {round} are not joined once, on the ground.");
            yield break;
        }

        if (plan.Spec.MinParticipants is { } least && clients.Count < least)
            yield return Wrong($"Round {round} has {clients.Count} clients, fewer than {least}.");
        var before = plan.Plan.Stages.Where(stage => stage.Round == round - 1 && stage.Location == StageLocation.Ground).Select(stage => stage.Index).ToList();
        foreach (var client in clients)
        {
            if (!client.Inputs.SequenceEqual(before) || !HoldsAll(plan, client))
                yield return Wrong($"Client {client.Index} does not train the whole model of the round before.");
            if (!IsTimed(plan) && !Tolerance.Equal(client.ComputeTflop, Whole(plan) * Training / clients.Count))
                yield return Wrong($"Client {client.Index} computes {client.ComputeTflop} TFLOP, not {Whole(plan) * Training / clients.Count}.");
            if (client.ActivationOutMb > client.MemoryMb && client.MemoryMb > 0)
                yield return Wrong($"Client {client.Index} sends {client.ActivationOutMb} MB down, more than the model's {client.MemoryMb}.");
        }
    }

    /// <summary>Head, tail, head in each step; the heads on the data's owner, the tails all in one other place.</summary>
    private static IEnumerable<PlanViolation> Split(PlanCase plan)
    {
        var stages = plan.Plan.Stages;
        if (stages.Count != 3 * plan.Spec.Steps || stages.Where((stage, i) => stage.Role != (i % 3 == 1 ? "tail" : "head") || !stage.Inputs.SequenceEqual(i == 0 ? [] : [i - 1])).Any())
        {
            yield return Wrong($"The stages are not head, tail and head in each of {plan.Spec.Steps} steps.");
            yield break;
        }

        var (heads, tails) = (stages.Where(stage => stage.Role == "head").ToList(), stages.Where(stage => stage.Role == "tail").ToList());
        if (heads.Exists(head => head.SatelliteId != plan.Spec.Owner))
            yield return Wrong($"A head is not on {plan.Spec.Owner}, which holds the data.");
        if (tails.Exists(tail => tail.SatelliteId == plan.Spec.Owner) || (plan.Input.Previous is null && tails.Select(tail => tail.SatelliteId).Distinct().Count() > 1))
            yield return Wrong("The tails are not in one place besides the owner.");
        if (IsTimed(plan) || plan.Spec.Layers.Count == 0)
            yield break;
        var cut = heads[0].Layers.Count;
        if (plan.Spec.CutAfter is { } name && plan.Spec.Layers[cut - 1].Name != name)
            yield return Wrong($"The head ends with '{plan.Spec.Layers[cut - 1].Name}', not with '{name}'.");
        var batches = (double)plan.Spec.Batches / plan.Spec.Steps;
        var (head, tail) = (plan.Spec.Layers.Take(cut).Sum(layer => layer.ComputeTflop) * batches, plan.Spec.Layers.Skip(cut).Sum(layer => layer.ComputeTflop) * batches);
        double[] works = [head, tail * Training, head * (Training - 1)];
        var crossing = plan.Spec.Layers[cut - 1].ActivationMb * batches;
        foreach (var (stage, i) in stages.Select((stage, i) => (stage, i)))
        {
            if (!Tolerance.Equal(stage.ComputeTflop, works[i % 3]))
                yield return Wrong($"Stage {stage.Index} computes {stage.ComputeTflop} TFLOP, not {works[i % 3]}.");
            var sends = i % 3 < 2 ? crossing : i == stages.Count - 1 ? plan.Spec.OutputMb : 0;
            if (!Tolerance.Equal(stage.ActivationOutMb, sends))
                yield return Wrong($"Stage {stage.Index} sends {stage.ActivationOutMb} MB, not {sends}.");
        }
    }

    private static List<PlannedStage> InOrbit(IEnumerable<PlannedStage> stages) => [.. stages.Where(stage => stage.Location == StageLocation.Orbit)];

    private static List<PlannedStage> OnGround(IEnumerable<PlannedStage> stages) => [.. stages.Where(stage => stage.Location == StageLocation.Ground)];

    private static bool HoldsAll(PlanCase plan, PlannedStage stage) => stage.Layers.Select(share => (share.Name, share.Fraction)).SequenceEqual(plan.Spec.Layers.Select(layer => (layer.Name, 1.0)));

    private static bool IsTimed(PlanCase plan) => plan.Spec.DurationS is not null || plan.Spec.Layers.Count == 0;

    /// <summary>TFLOP of the forward pass over all batches.</summary>
    private static double Whole(PlanCase plan) => plan.Spec.Layers.Sum(layer => layer.ComputeTflop) * plan.Spec.Batches;

    private static PlanViolation Wrong(string message) => new(ViolationCodes.WorkChanged, message);
}
