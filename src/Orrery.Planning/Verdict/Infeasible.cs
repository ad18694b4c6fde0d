using Orrery.Planning.Placement;
using Orrery.Planning.Placement.Graphs;

namespace Orrery.Planning.Verdict;

/// <summary>Plans that cannot be, each with its numbers and with what would make it feasible.</summary>
internal static class Infeasible
{
    public static Plan ClassNotSupported(WorkSpec spec, IReadOnlyCollection<WorkloadClass> classes) => Because(spec, null, new(
        ReasonCodes.ClassNotSupported,
        $"The class {spec.Class} cannot be planned yet.",
        $"Use one of: {string.Join(", ", classes.Order())}.",
        new Dictionary<string, double>()));

    /// <summary>What is known without a search; null when a search is worth it.</summary>
    public static Plan? BeforeSearch(ChainSetup setup, PlanningOptions options)
    {
        var stages = setup.Graph.Stages.Count;
        var pieces = setup.Graph.Pieces?.Count ?? stages;
        var left = stages - setup.Finished.Count;
        var needed = setup.Input.Previous is null ? stages : Math.Min(1, left);
        var (usable, expired, fleet) = (setup.Selection.Usable, setup.Selection.Expired.Count, setup.Input.Fleet.Satellites.Count);
        if (!setup.SourceKnown)
            return Because(
                setup,
                ReasonCodes.SourceUnavailable,
                $"Satellite {setup.Finished[^1].SatelliteId} holds the result of stage {setup.Finished.Count - 1} and is not in the fleet.",
                "Start the workload anew.",
                []);
        if (pieces > options.MaxPieces)
            return Because(
                setup,
                ReasonCodes.TooFewSatellites,
                $"The model has {pieces} pieces; a plan takes at most {options.MaxPieces}.",
                $"Use at most {options.MaxPieces} layers.",
                [("pieces", pieces), ("limit", options.MaxPieces)]);
        if (Math.Min(usable, setup.Selection.Considered.Count) >= needed)
            return null;
        (string, double)[] numbers = [("usable", usable), ("stages", stages), ("fleet", fleet), ("expired", expired)];
        if (expired > 0)
            return Because(
                setup,
                ReasonCodes.ElementsExpired,
                $"{needed} satellites are needed and {usable} are usable: the elements of {expired} ({string.Join(", ", setup.Selection.Expired.Take(5))}) do not hold until the end of the horizon.",
                "Import newer elements, or start nearer to their epoch.",
                numbers);
        if (usable == 0)
            return Because(
                setup,
                ReasonCodes.NoCandidates,
                $"None of the {fleet} satellites may run a stage.",
                "Allow at least one satellite.",
                numbers);
        return Because(
            setup,
            ReasonCodes.TooFewSatellites,
            $"{stages} stages need {needed} satellites; {usable} of {fleet} are usable.",
            $"Use at most {usable} stages, or allow {needed - usable} more satellites.",
            numbers);
    }

    /// <summary>What is known of a stage graph that is no chain without a search; null when a search is worth it.</summary>
    public static Plan? BeforeSearch(GraphProblem problem, PlanningOptions options)
    {
        var (graph, selection, fleet) = (problem.Graph, problem.Selection, problem.Input.Fleet.Satellites.Count);
        if (graph.Stages.Count > options.MaxStages)
        {
            return Of(problem, ReasonCodes.TooManyStages, $"The workload has {graph.Stages.Count} stages; a plan takes at most {options.MaxStages}.",
                "Use fewer rounds, steps, shards or clients.", [("stages", graph.Stages.Count), ("limit", options.MaxStages)]);
        }

        if (graph.Stages.Count == 0)
        {
            return Of(problem, ReasonCodes.NoCoverage, $"No satellite sees any of the area within {problem.Input.Spec.Horizon.TotalHours:0.##} h.",
                "Use a longer horizon, more satellites, or an area under their orbits.", [("usable", selection.Usable), ("horizon_h", problem.Input.Spec.Horizon.TotalHours)]);
        }

        var open = graph.Stages.Where(stage => problem.Finished(stage) is null).ToList();
        if (open.Select(stage => stage.Only).FirstOrDefault(only => only is { } id && selection.Considered.All(satellite => satellite.NoradId != id)) is { } owner)
        {
            return Of(problem, ReasonCodes.SourceUnavailable, $"Satellite {owner} holds the data and may not run a stage, or its elements do not hold.",
                "Name another data.owner, allow it in placement, or import newer elements.", [("owner", owner)]);
        }

        var needed = open.GroupBy(stage => stage.Group).Where(group => group.Key is not null).Select(group => group.Count()).DefaultIfEmpty(0).Max();
        if (selection.Considered.Count < Math.Max(needed, open.Exists(stage => stage.Eligible == StageLocation.Orbit && !stage.MayBeGround) ? 1 : 0))
        {
            (string, double)[] numbers = [("usable", selection.Usable), ("needed", needed), ("fleet", fleet), ("expired", selection.Expired.Count)];
            return selection.Expired.Count > 0
                ? Of(problem, ReasonCodes.ElementsExpired, $"{needed} satellites are needed at once and {selection.Usable} are usable: the elements of {selection.Expired.Count} do not hold until the end of the horizon.", "Import newer elements, or start nearer to their epoch.", numbers)
                : selection.Usable == 0
                ? Of(problem, ReasonCodes.NoCandidates, $"None of the {fleet} satellites may run a stage.", "Allow at least one satellite.", numbers)
                : Of(problem, ReasonCodes.TooFewSatellites, $"{needed} stages run side by side, each on a satellite of its own; {selection.Considered.Count} of {fleet} are considered.", $"Use at most {selection.Considered.Count}, or allow more satellites.", numbers);
        }

        var largest = open.Where(stage => stage.Eligible == StageLocation.Orbit && !stage.MayBeGround).MaxBy(stage => stage.MemoryMb);
        if (largest is not null && !problem.Places(largest).Any() && selection.Considered.All(satellite => satellite.Bus.MemoryMb < largest.MemoryMb))
        {
            var most = selection.Considered.Max(satellite => satellite.Bus.MemoryMb);
            return Of(problem, ReasonCodes.MemoryExceeded, $"A stage needs {largest.MemoryMb:0.#} MB of memory; the largest satellite has {most:0.#} MB.",
                "Use smaller layers or satellites with more memory.", [("needed_mb", largest.MemoryMb), ("available_mb", most)]);
        }

        return null;
    }

    /// <summary>Why a search found nothing.</summary>
    /// <param name="problem">The graph.</param>
    /// <param name="later">The end of the plan with the longest horizon, seconds; null when there is none either.</param>
    /// <param name="searchedS">That horizon.</param>
    /// <param name="withoutData">Whether there is one when nothing has to be sent.</param>
    public static Plan AfterSearch(GraphProblem problem, double? later, double searchedS, bool withoutData)
    {
        var horizon = problem.Input.Spec.Horizon.TotalHours;
        var searched = searchedS / 3600;
        return later is { } end
            ? Of(problem, ReasonCodes.HorizonExceeded, $"The earliest end that was found is {end / 3600:0.##} h after the start; the horizon is {horizon:0.##} h.",
                $"Use a horizon of at least {Math.Ceiling(end / 3600)} h.", [("needed_h", end / 3600), ("horizon_h", horizon)])
            : withoutData
            ? Of(problem, ReasonCodes.NoContact, $"The contacts within {searched:0.##} h cannot carry the data.",
                "Use other satellites or ground stations, a lower min_elevation_deg, or less data.", [("searched_h", searched), ("horizon_h", horizon)])
            : Of(problem, ReasonCodes.NotEnoughCompute, $"No satellite has enough free computing time within {searched:0.##} h.",
                "Use less work, more shards or other satellites.", [("searched_h", searched), ("horizon_h", horizon)]);
    }

    public static Plan AfterSearch(ChainSetup setup, SearchFailure failure)
    {
        var horizon = setup.Input.Spec.Horizon.TotalHours;
        var (needed, searched) = (failure.Needed / 3600, failure.Limit / 3600);
        return failure.Code switch
        {
            ReasonCodes.MemoryExceeded => Because(
                setup,
                failure.Code,
                $"A stage needs at least {failure.Needed:0.#} MB of memory; the largest satellite has {failure.Limit:0.#} MB.",
                "Use more stages, smaller layers or satellites with more memory.",
                [("needed_mb", failure.Needed), ("available_mb", failure.Limit)]),
            ReasonCodes.HorizonExceeded => Because(
                setup,
                failure.Code,
                $"The earliest end is {needed:0.##} h after the start; the horizon is {horizon:0.##} h.",
                $"Use a horizon of at least {Math.Ceiling(needed)} h.",
                [("needed_h", needed), ("horizon_h", horizon)]),
            ReasonCodes.NotEnoughCompute => Because(
                setup,
                failure.Code,
                $"No satellite has enough free computing time within {searched:0.##} h.",
                "Use less work, more stages or other satellites.",
                [("searched_h", searched), ("horizon_h", horizon)]),
            _ => Because(
                setup,
                failure.Code,
                $"The contacts within {searched:0.##} h cannot carry the data.",
                "Use other satellites or ground stations, a lower min_elevation_deg, or less data.",
                [("searched_h", searched), ("horizon_h", horizon)]),
        };
    }

    /// <summary>There may be a plan; the search ended before it had looked at everything.</summary>
    public static Plan GivenUp(ChainSetup setup, PlanningOptions options) => Because(
        setup, ReasonCodes.SearchLimit,
        $"No plan was found within the limits of the search ({options.NodeBudget} partial placements of {setup.Selection.Considered.Count} satellites).",
        "Use fewer stages, name fewer satellites, or a longer horizon.", [("limit", options.NodeBudget), ("considered", setup.Selection.Considered.Count)]);

    /// <summary>The plan itself, or the same plan as infeasible when it ends after its deadline.</summary>
    public static Plan PastDeadline(Plan plan, WorkSpec spec)
    {
        if (spec.Deadline is not { } deadline || plan.MakespanS <= deadline.TotalSeconds)
            return plan;
        var reason = new PlanReason(
            ReasonCodes.DeadlineExceeded,
            $"The plan takes {plan.MakespanS:0.#} s; the deadline is {deadline.TotalSeconds:0.#} s.",
            $"Use a deadline of at least {Math.Ceiling(plan.MakespanS)} s.",
            new Dictionary<string, double> { ["makespan_s"] = plan.MakespanS, ["deadline_s"] = deadline.TotalSeconds });
        return Refused(plan, reason);
    }

    /// <summary>A spatial plan covers at least what it has to, to the size of the smallest tile.</summary>
    public static Plan TooLittle(Plan plan, WorkSpec spec, PlanningOptions options)
    {
        var covered = plan.Coverage.Count > 0 ? plan.Coverage[^1].Covered : 0;
        if (!plan.Feasible || covered >= spec.MinCoverage - options.LeastTile)
            return plan;
        return Refused(plan, new(
            ReasonCodes.CoverageTooSmall,
            $"{covered:P1} of the area can be on the ground in time; parallelism.min_coverage is {spec.MinCoverage:P1}.",
            "Use a longer horizon, more satellites, or a smaller min_coverage.",
            new Dictionary<string, double> { ["covered"] = covered, ["min_coverage"] = spec.MinCoverage }));
    }

    private static Plan Refused(Plan plan, PlanReason reason)
    {
        var refused = plan with { Feasible = false, Reasons = [reason], Bookings = [] };
        return refused with { Fingerprint = PlanFingerprint.Of(refused) };
    }

    private static Plan Of(GraphProblem problem, string code, string message, string remedy, (string Name, double Value)[] numbers)
    {
        var reason = new PlanReason(code, message, remedy, numbers.ToDictionary(number => number.Name, number => number.Value));
        var plan = Because(problem.Input.Spec, null, reason) with
        {
            Candidates = problem.Selection.Usable,
            Considered = problem.Selection.Considered.Count,
            Notes = problem.Graph.Notes,
        };
        return plan with { Fingerprint = PlanFingerprint.Of(plan) };
    }

    private static Plan Because(ChainSetup setup, string code, string message, string remedy, (string Name, double Value)[] numbers) =>
        Because(setup.Input.Spec, setup, new(code, message, remedy, numbers.ToDictionary(number => number.Name, number => number.Value)));

    private static Plan Because(WorkSpec spec, ChainSetup? setup, PlanReason reason)
    {
        var plan = new Plan
        {
            Feasible = false,
            Reasons = [reason],
            StartAt = spec.StartAt,
            Candidates = setup?.Selection.Usable ?? 0,
            Considered = setup?.Selection.Considered.Count ?? 0,
            Notes = setup?.Graph.Notes ?? [],
        };
        return plan with { Fingerprint = PlanFingerprint.Of(plan) };
    }
}
