using Orrery.Planning.Catalog;
using Orrery.Planning.Expansion;
using Orrery.Planning.Placement;
using Orrery.Planning.Placement.Graphs;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;
using Orrery.Planning.Verdict;

namespace Orrery.Planning;

/// <summary>Plans workloads: expand, place, route, schedule, price. Safe for concurrent use; the same input gives the same plan.</summary>
public sealed class Planner(ContactCatalog catalog, PlanningOptions options)
{
    /// <summary>A plan that ends earlier by less is the same plan.</summary>
    private const double LeastGainS = 1e-3;

    private readonly ExpansionRegistry expansions = ExpansionRegistry.Default;

    /// <summary>The plan, or the reasons why there is none: <see cref="Planning.Plan.Feasible"/> says which.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Plan Plan(PlanningInput input, CancellationToken cancellation = default) => input.Spec.Tiers.Count == 0
        ? PlanWork(input, cancellation).Plan
        : QualityTiers.Best(input, one => PlanWork(one, cancellation));

    /// <summary>The plan, and whether nothing was left out of it.</summary>
    private (Plan Plan, bool IsWhole) PlanWork(PlanningInput input, CancellationToken cancellation)
    {
        if (input.Spec.Class == WorkloadClass.DistributedTraining)
            return (JudgeTraining(input), true);
        if (expansions.Find(input.Spec.Class) is not { } expansion)
            return (Infeasible.ClassNotSupported(input.Spec, expansions.Classes), true);
        if (input.Spec is { Class: WorkloadClass.Single, Location: StageLocation.Ground })
            return (GroundPlan.Of(input.Spec, expansion.Expand(Context(input, 0)).Stages[0], options), true);
        var start = Math.Max(Instant.Of(input.Spec.StartAt), input.NotBefore is { } notBefore ? Instant.Of(notBefore) : double.MinValue);
        var end = start + input.Spec.Horizon.TotalSeconds;
        var selection = CandidateSelection.Of(input, catalog, options, BlockRange.Cover(start, end));
        if (input.Spec.Class is not (WorkloadClass.Single or WorkloadClass.ModelParallel))
        {
            var context = Context(input, selection.Usable) with { Satellites = selection.Considered, Catalog = catalog, Fleet = input.Fleet.Configuration, Window = (start, end) };
            return PlanGraph(input, expansion, context, selection, cancellation);
        }

        var graph = expansion.Expand(Context(input, selection.Usable));
        var setup = ChainSetup.Of(input, graph, selection, start);
        return (Infeasible.BeforeSearch(setup, options) ?? Search(setup, end, cancellation), true);
    }

    /// <summary>The graph, of those that the class allows, whose plan ends first.</summary>
    private (Plan Plan, bool IsWhole) PlanGraph(PlanningInput input, IExpansion expansion, ExpansionContext context, CandidateSelection selection, CancellationToken cancellation)
    {
        var (start, end) = context.Window;
        var problems = expansion.Variants(context).Select(graph => GraphProblem.Of(input, graph, selection, start, end, options)).ToList();
        if (problems.Select(problem => Infeasible.BeforeSearch(problem, options)).ToList() is var refusals && refusals.TrueForAll(refusal => refusal is not null))
            return (refusals[0]!, true);
        var open = problems.Where((_, i) => refusals[i] is null).ToList();
        var mayLeaveOut = input.Previous is null; // the stages of a plan that runs keep their numbers
        foreach (var until in Looks(input.Spec, start, end))
        {
            if (Best([.. open.Select(problem => problem with { End = until })], until, cancellation) is not { } found)
                continue;
            var plan = Written(found);
            var isLate = plan.Reasons is [{ Code: ReasonCodes.DeadlineExceeded }];
            return isLate && mayLeaveOut && Reduced(expansion, context, found.Problem, cancellation) is { } punctual ? (Written(punctual), false) : (plan, true);
        }

        if (mayLeaveOut && Reduced(expansion, context, open[0], cancellation) is { } less)
            return (Written(less), false);
        var longer = Math.Max(end, start + options.LongestHorizon.TotalSeconds);
        var later = Best([.. open.Select(problem => problem with { End = longer })], longer, cancellation);
        var isPossibleWithoutData = later is null && Best([open[0].WithoutData(longer)], longer, cancellation) is not null;
        return (Infeasible.AfterSearch(open[0], later?.Schedule.End - start, longer - start, isPossibleWithoutData), true);
    }

    private Plan Written((GraphProblem Problem, ContactNetwork Network, GraphSchedule Schedule) found) =>
        Infeasible.TooLittle(
            Infeasible.PastDeadline(new GraphPlanBuilder(found.Problem, Relayed(found.Problem, found.Network, found.Schedule), options).Build(), found.Problem.Input.Spec),
            found.Problem.Input.Spec, options);

    /// <summary>Without those of the stages that may be missing that are late for the horizon or the deadline.</summary>
    private (GraphProblem Problem, ContactNetwork Network, GraphSchedule Schedule)? Reduced(
        IExpansion expansion, ExpansionContext context, GraphProblem whole, CancellationToken cancellation)
    {
        var end = Math.Min(context.Window.End, whole.Input.Spec is { Deadline: { } deadline } spec ? Instant.Of(spec.StartAt) + deadline.TotalSeconds : double.PositiveInfinity);
        var kept = MayBeMissing(whole.Graph);
        var graph = whole.Graph;
        while (kept.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var problem = whole with { Graph = graph, End = end };
            var late = new GraphPlacement(problem, Network(whole.Input, whole.Fleet, whole.Start, end)).Late();
            if (late.Count == 0)
                return Best([problem], end, cancellation);
            var numbers = MayBeMissing(graph);
            kept = [.. kept.Where((_, i) => !late.Contains(numbers[i]))];
            if (expansion.Reduced(context, whole.Graph, kept.ToHashSet()) is not { } reduced)
                return null;
            graph = reduced;
        }

        return null;
    }

    private static List<int> MayBeMissing(StageGraph graph) => [.. graph.Stages.Where(stage => stage.MayBeMissing).Select(stage => stage.Index)];

    private (GraphProblem Problem, ContactNetwork Network, GraphSchedule Schedule)? Best(IReadOnlyList<GraphProblem> problems, double end, CancellationToken cancellation)
    {
        (GraphProblem Problem, ContactNetwork Network, GraphSchedule Schedule)? best = null;
        var bound = double.PositiveInfinity;
        foreach (var problem in problems)
        {
            var network = Network(problem.Input, problem.Fleet, problem.Start, end);
            if (new GraphPlacement(problem, network).Best(cancellation) is not { } schedule)
                continue;
            bound = Math.Min(bound, schedule.Bound);
            if (best is not { } known || schedule.End < known.Schedule.End)
                best = (problem, network, schedule);
        }

        return best is { } chosen ? (chosen.Problem, chosen.Network, chosen.Schedule with { Bound = bound }) : null;
    }

    private Plan Build(ChainSetup setup, ChainProblem problem, ChainSolution solution, ContactNetwork network)
    {
        var trace = ChainTrace.Of(problem, network, solution.Satellites);
        if (MayRelay(setup.Input.Spec, setup.Fleet.Count)
            && RelayedChain.Best(problem, network.WithRelays(), solution, trace) is { } relayed
            && relayed.Trace.End < solution.End - LeastGainS)
            (trace, solution) = (relayed.Trace, solution with { Satellites = relayed.Satellites, End = relayed.Trace.End });
        return new PlanBuilder(setup, problem, solution, trace, network, options).Build();
    }

    /// <summary>The schedule with data sent on over whatever nodes bring it there earlier.</summary>
    private GraphSchedule Relayed(GraphProblem problem, ContactNetwork network, GraphSchedule schedule) =>
        MayRelay(problem.Input.Spec, problem.Fleet.Count)
        && new GraphPlacement(problem, network.WithRelays()).Replay(schedule) is { } relayed
        && relayed.End < schedule.End - LeastGainS
            ? relayed
            : schedule;

    /// <summary>Whether the search left out ways over more satellites: there are too many to look at for each place.</summary>
    private bool MayRelay(WorkSpec spec, int satellites) =>
        satellites > options.MaxRelayFleet && spec.Objective != PlanObjective.MaxReliability;

    private Plan JudgeTraining(PlanningInput input)
    {
        var start = Instant.Of(input.Spec.StartAt);
        var end = start + input.Spec.Horizon.TotalSeconds;
        var selection = CandidateSelection.Of(input, catalog, options, BlockRange.Cover(start, end));
        return DistributedTraining.Of(input, selection, Network(input, selection.Considered, start, end), start, options);
    }

    private ExpansionContext Context(PlanningInput input, int candidates) =>
        new(input.Spec, candidates, input.Finished, input.Previous) { Options = options };

    private Plan Search(ChainSetup setup, double end, CancellationToken cancellation)
    {
        var hasGivenUp = false;
        foreach (var until in setup.Input.Previous is null ? Looks(setup.Input.Spec, setup.Start, end) : [end]) // a re-plan shares satellites only when no time helps
        {
            var network = Network(setup, until);
            var budget = new SearchBudget(options.NodeBudget);
            if (Place(setup, setup.Problem(until) with { Tolerance = Tolerance(setup) }, network, budget, cancellation) is { } placed)
                return Infeasible.PastDeadline(Build(setup, placed.Problem, placed.Solution, network), setup.Input.Spec);
            hasGivenUp = budget.HasGivenUp; // of the longest look, which holds all that the shorter ones searched
        }

        return hasGivenUp
            ? Infeasible.GivenUp(setup, options)
            : Infeasible.AfterSearch(setup, Diagnose(setup, setup.Problem(end), Network(setup, end), cancellation));
    }

    /// <summary>
    /// How far to look, ever farther. What is found within a look ends first of all, for whatever is not in it ends later; other
    /// objectives may prefer that, and look at all at once.
    /// </summary>
    private IEnumerable<double> Looks(WorkSpec spec, double start, double end) => spec.Objective == PlanObjective.MinLatency
        ? options.Looks.Select(look => start + look.TotalSeconds).Where(until => until < end).Append(end)
        : [end];

    private double Tolerance(ChainSetup setup) => setup.Selection.Considered.Count > options.ExactCandidates ? options.ChainTolerance : 0;

    /// <summary>What keeps the plan from being feasible, found by searching again with one limit lifted at a time.</summary>
    private SearchFailure Diagnose(ChainSetup setup, ChainProblem problem, ContactNetwork network, CancellationToken cancellation)
    {
        var budget = new SearchBudget(options.NodeBudget);
        if (double.IsPositiveInfinity(BalancedCap.Of(problem with { Candidates = Shareable(setup, problem) }, network)))
            return SearchFailure.Memory(problem, network);
        var longer = Math.Max(problem.End, setup.Start + options.LongestHorizon.TotalSeconds);
        var far = Network(setup, longer);
        if (Place(setup, problem with { End = longer }, far, budget, cancellation) is { } placed)
            return new(ReasonCodes.HorizonExceeded, placed.Solution.End - setup.Start, longer - setup.Start);
        var still = problem with
        {
            End = longer,
            InputMb = 0,
            OutputMb = 0,
            Pieces = [.. problem.Pieces.Select(piece => piece with { ActivationMb = 0 })],
        };
        return new(Place(setup, still, far, budget, cancellation) is null ? ReasonCodes.NotEnoughCompute : ReasonCodes.NoContact, 0, longer - setup.Start);
    }

    /// <summary>Where satellites may be shared each counts as many times as there are stages.</summary>
    private static IReadOnlyList<int> Shareable(ChainSetup setup, ChainProblem problem) => setup.Input.Previous is null
        ? problem.Candidates
        : [.. Enumerable.Repeat(problem.Candidates, Math.Max(1, problem.Stages)).SelectMany(candidates => candidates)];

    private (ChainProblem Problem, ChainSolution Solution)? Place(
        ChainSetup setup, ChainProblem problem, ContactNetwork network, SearchBudget budget, CancellationToken cancellation) =>
        ChainPlacement.Best(problem, network, setup.Input.Previous is not null, budget, cancellation);

    private ContactNetwork Network(ChainSetup setup, double end) => Network(setup.Input, setup.Fleet, setup.Start, end);

    private ContactNetwork Network(PlanningInput input, IReadOnlyList<TrackedSatellite> fleet, double start, double end) => new(
        catalog,
        fleet,
        new StationSet(input.Fleet.Stations, input.Spec.MinElevationDeg),
        input.Fleet.Configuration,
        new BookedTimes(input.Bookings),
        options)
    {
        Start = start,
        End = end,
        Objective = input.Spec.Objective,
        Relays = fleet.Count <= options.MaxRelayFleet,
    };
}
