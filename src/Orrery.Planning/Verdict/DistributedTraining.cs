using Orrery.Planning.Expansion;
using Orrery.Planning.Placement;
using Orrery.Planning.Routing;

namespace Orrery.Planning.Verdict;

/// <summary>The verdict on synchronous training with a gradient all-reduce in every step. It is only planned, never run.</summary>
internal static class DistributedTraining
{
    private const int UsualWorkers = 8;
    private const int MostWorkers = 32;

    public static Plan Of(PlanningInput input, CandidateSelection selection, ContactNetwork network, double start, PlanningOptions options)
    {
        var spec = input.Spec with { Training = true };
        var workers = Workers(input.Spec, selection);
        if (workers.Count < 2)
        {
            return Refused(input.Spec, selection, null, new(
                ReasonCodes.TooFewSatellites, $"Distributed training needs two satellites or more; {selection.Usable} are usable.",
                "Allow more satellites.", new Dictionary<string, double> { ["usable"] = selection.Usable }), []);
        }

        var verdict = Verdict(spec, workers, network, start, options);
        List<string> notes = [.. StageDuration.Notes(spec, options), .. Notes(verdict)];
        if (verdict.AllReduceS is { } communication && communication <= verdict.ComputePerStepS)
        {
            var step = verdict.ComputePerStepS + communication;
            var plan = new Plan
            {
                Feasible = true,
                StartAt = spec.StartAt,
                Candidates = selection.Usable,
                Considered = workers.Count,
                MakespanS = step,
                LowerBoundS = Math.Min(step, verdict.ComputePerStepS),
                GapFraction = 0,
                Price = options.Tariff.For(workers.Count),
                Training = verdict,
                Notes = [.. notes, "Distributed training is preview only: the step is planned, not run."],
            };
            return plan with { Fingerprint = PlanFingerprint.Of(plan) };
        }

        return Refused(input.Spec, selection, verdict, IslBound(input.Spec, verdict), notes);
    }

    private static List<int> Workers(WorkSpec spec, CandidateSelection selection) =>
        [.. Enumerable.Range(0, Math.Min(selection.Considered.Count, spec.NamesSatellites ? MostWorkers : UsualWorkers))];

    private static TrainingVerdict Verdict(WorkSpec spec, List<int> workers, ContactNetwork network, double start, PlanningOptions options)
    {
        var whole = WholeModel.TflopPerBatch(spec) * spec.Batches;
        var duration = StageDuration.Of(spec, options);
        var ends = workers.ToDictionary(worker => worker, worker => Finish(network, worker, start, duration, whole / workers.Count));
        var order = Order(network, workers, ends, GradientMb(spec) / workers.Count);
        List<double> ready = [.. order.Select(worker => ends[worker])];
        var computed = ready.Max();
        var ring = AllReduce.Ring(network, order, ready, GradientMb(spec));
        var tree = Enumerable.Range(0, order.Count).Min(root => AllReduce.Tree(network, Rotated(order, root), Rotated(ready, root), GradientMb(spec)));
        var communication = Math.Min(ring, tree) - computed;
        var compute = computed - start;
        return new(
            workers.Count, compute, Seconds(ring, computed), Seconds(tree, computed), GradientMb(spec),
            double.IsFinite(communication) && compute + communication > 0 ? compute / (compute + communication) : 0,
            workers.Min(worker => Finish(network, worker, start, duration, whole)) - start,
            duration ?? (whole / options.GroundTflops));
    }

    private static double? Seconds(double end, double from) => double.IsFinite(end) ? end - from : null;

    private static double GradientMb(WorkSpec spec) => WholeModel.ParamsMb(spec) is > 0 and var mb ? mb : spec.OutputMb;

    private static double Finish(ContactNetwork network, int worker, double start, double? duration, double tflop) =>
        duration is { } seconds ? network.Compute(worker).Duty.Finish(start, seconds) : network.Compute(worker).Tflop.Finish(start, tflop);

    /// <summary>A ring in which each hands on to whom its first message reaches first.</summary>
    private static List<int> Order(ContactNetwork network, List<int> workers, Dictionary<int, double> ends, double mb)
    {
        var order = new List<int> { workers[0] };
        while (order.Count < workers.Count)
        {
            var last = order[^1];
            order.Add(workers.Except(order).OrderBy(next => network.Route(last, next, ends[last], mb)?.Arrival ?? double.PositiveInfinity).ThenBy(next => next).First());
        }

        return order;
    }

    private static List<T> Rotated<T>(List<T> list, int by) => [.. list.Skip(by), .. list.Take(by)];

    private static IEnumerable<string> Notes(TrainingVerdict verdict)
    {
        yield return $"{verdict.Workers} workers; each step computes for {verdict.ComputePerStepS:0.#} s and then sums {verdict.GradientMb:0.###} MB of gradients: "
            + $"{Text(verdict.RingAllReduceS)} by a ring, {Text(verdict.TreeAllReduceS)} by a tree, waits for contacts included.";
        yield return $"Efficiency {verdict.Efficiency:P1}; one satellite alone needs {verdict.OneWorkerS:0.#} s for the same step, the ground {verdict.GroundS:0.#} s.";
        if (verdict.GradientMb <= 0)
            yield return "The model has no params_mb: the gradient counts as data.output_mb.";
    }

    private static string Text(double? seconds) => seconds is { } known ? $"{known:0.#} s" : "not within the horizon";

    private static PlanReason IslBound(WorkSpec spec, TrainingVerdict verdict)
    {
        var compute = Math.Max(verdict.ComputePerStepS, 1e-9);
        var numbers = new Dictionary<string, double>
        {
            ["compute_per_step_s"] = verdict.ComputePerStepS,
            ["gradient_mb"] = verdict.GradientMb,
            ["efficiency"] = verdict.Efficiency,
        };
        if (verdict.AllReduceS is not { } communication)
        {
            return new(ReasonCodes.IslBound, $"No all-reduce of {verdict.GradientMb:0.###} MB over {verdict.Workers} satellites ends within {spec.Horizon.TotalHours:0.##} h.",
                "Use federated rounds, in which only compressed updates leave orbit, or satellites that see each other.", numbers);
        }

        numbers["all_reduce_s"] = communication;
        var factor = communication / compute;
        return new(
            ReasonCodes.IslBound,
            $"Each step computes for {verdict.ComputePerStepS:0.#} s and communicates for {communication:0.#} s.",
            $"Use at least {Math.Ceiling(spec.Batches * factor)} batches a step instead of {spec.Batches}, a gradient {factor:0.#} times smaller, or the class federated.",
            numbers);
    }

    private static Plan Refused(WorkSpec spec, CandidateSelection selection, TrainingVerdict? verdict, PlanReason reason, IReadOnlyList<string> notes)
    {
        var plan = new Plan
        {
            Feasible = false,
            Reasons = [reason],
            StartAt = spec.StartAt,
            Candidates = selection.Usable,
            Considered = verdict?.Workers ?? 0,
            IslBound = reason.Code == ReasonCodes.IslBound,
            Training = verdict,
            Notes = notes,
        };
        return plan with { Fingerprint = PlanFingerprint.Of(plan) };
    }
}
