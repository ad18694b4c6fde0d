using Orrery.Planning.Expansion;
using Orrery.Planning.Routing;

namespace Orrery.Planning.Placement.Graphs;

/// <summary>Places a stage graph: groups as <see cref="GroupPlacement"/> says, every other free stage wherever the whole ends first.</summary>
internal sealed class GraphPlacement(GraphProblem problem, ContactNetwork network)
{
    /// <summary>The best schedule found, with the bound that no schedule of these candidates beats; null when there is none.</summary>
    public GraphSchedule? Best(CancellationToken cancellation)
    {
        GraphSchedule? best = null;
        var bound = double.PositiveInfinity;
        foreach (var places in Places())
        {
            cancellation.ThrowIfCancellationRequested();
            if (Run(places, takes: false) is not { } relaxed)
                continue;
            bound = Math.Min(bound, relaxed.End);
            if (best is not null && relaxed.End >= best.End)
                continue; // it cannot be better
            if (Run(places, takes: true) is { } schedule && (best is null || schedule.End < best.End))
                best = schedule;
        }

        return best is null ? null : best with { Bound = bound };
    }

    /// <summary>Those of the stages that may be missing whose results cannot be where they are needed in time, one after the other; empty as well when others cannot either.</summary>
    public IReadOnlySet<int> Late()
    {
        var late = problem.Graph.Stages.Where(stage => stage.MayBeMissing && !problem.Places(stage).Any()).Select(stage => stage.Index).ToHashSet();
        if (late.Count == 0 && Places().FirstOrDefault() is { } places)
            Run(places, takes: true, late);
        return late;
    }

    /// <summary>The same places and work on this world, one stage after the other as they began; null when that cannot end in time.</summary>
    public GraphSchedule? Replay(GraphSchedule schedule)
    {
        var run = new ScheduleRun(problem, network, takes: true);
        foreach (var placed in schedule.Stages.OrderBy(placed => placed.Arrival).ThenBy(placed => placed.Stage.Index))
        {
            if (!(problem.Finished(placed.Stage) is { } finished ? run.Keep(placed.Stage, finished) : run.Place(placed.Stage, placed.Place)))
                return null;
        }

        return run.Close(problem.Graph);
    }

    /// <summary>Stages that choose their place alone.</summary>
    private IEnumerable<StageSpec> Free => problem.Graph.Stages.Where(stage => stage is { Group: null, SamePlaceAs: null } && problem.Finished(stage) is null);

    /// <summary>All ways to give the free stages a place; the last of them changes the fastest.</summary>
    private IEnumerable<Dictionary<int, int>> Places()
    {
        var choices = Free.Select(stage => (stage.Index, Places: problem.Places(stage).ToArray())).ToList();
        IEnumerable<Dictionary<int, int>> all = [[]];
        foreach (var (index, places) in choices)
            all = all.SelectMany(before => places.Select(place => new Dictionary<int, int>(before) { [index] = place }));
        return all;
    }

    /// <param name="places">Of the free stages.</param>
    /// <param name="takes">See <see cref="ScheduleRun"/>.</param>
    /// <param name="missing">Gets the stages that have to be left out; null: none may.</param>
    private GraphSchedule? Run(Dictionary<int, int> places, bool takes, ISet<int>? missing = null)
    {
        var run = new ScheduleRun(problem, takes ? network.Fork() : network, takes) { Missing = missing };
        var stages = problem.Graph.Stages;
        for (var i = 0; i < stages.Count;)
        {
            var group = Together(stages, i);
            i += group.Count;
            var open = new List<StageSpec>();
            foreach (var stage in group)
            {
                if (problem.Finished(stage) is not { } finished)
                    open.Add(stage);
                else if (!run.Keep(stage, finished))
                    return null;
            }

            if (open.Count == 0)
                continue;
            if (open[0].Group is null)
            {
                var place = PlaceOf(open[0], places, run);
                if (!problem.Places(open[0]).Contains(place) || !run.Place(open[0], place))
                    return null;
                continue;
            }

            var shared = open[0].Group == stages[0].Group ? problem.Graph.Shared : null;
            if (new GroupPlacement(problem, open, shared).Extend(run, takes) is not { } extended)
                return null;
            run = extended;
        }

        return missing is { Count: > 0 } ? null : run.Close(problem.Graph);
    }

    private static int PlaceOf(StageSpec stage, Dictionary<int, int> places, ScheduleRun run) =>
        stage.SamePlaceAs is { } other ? run.Of(other)!.Place : places[stage.Index];

    private static List<StageSpec> Together(IReadOnlyList<StageSpec> stages, int first) => stages[first].Group is not { } group
        ? [stages[first]]
        : [.. stages.Skip(first).TakeWhile(stage => stage.Group == group)];
}
