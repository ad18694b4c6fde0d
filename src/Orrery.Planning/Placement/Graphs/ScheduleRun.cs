using Orrery.Planning.Expansion;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Placement.Graphs;

/// <summary>Places stage after stage on one world, each as early as it goes.</summary>
/// <param name="problem">The graph.</param>
/// <param name="network">Its world; changed when <paramref name="takes"/>.</param>
/// <param name="takes">
/// What a stage computes and sends is taken from the stages after it. Without that every stage has the world to itself,
/// and no real schedule ends earlier: a lower bound.
/// </param>
internal sealed class ScheduleRun(GraphProblem problem, ContactNetwork network, bool takes)
{
    private readonly Dictionary<int, ScheduledStage> done = [];

    /// <summary>Gets the stages that are left out because they would be late; null: none may be.</summary>
    public ISet<int>? Missing { get; init; }

    public ScheduledStage? Of(int index) => done.GetValueOrDefault(index);

    /// <summary>This schedule so far, to go on with in another way.</summary>
    public ScheduleRun Fork()
    {
        var fork = new ScheduleRun(problem, takes ? network.Fork() : network, takes) { Missing = Missing };
        foreach (var (index, stage) in done)
            fork.done.Add(index, stage);
        return fork;
    }

    /// <returns>False when its satellite is not in the fleet.</returns>
    public bool Keep(StageSpec stage, FinishedStage finished)
    {
        if (problem.PlaceOf(finished) is not { } place)
            return false;
        var end = GraphProblem.EndOf(finished);
        done[stage.Index] = new(stage, place, end, end) { IsFinished = true };
        if (takes && place != INetwork.Ground && end > problem.Start)
            network.Take(place, problem.StillComputing(stage));
        return true;
    }

    /// <summary>When a stage would end there, and its result be where it is needed, if it had the rest of the world to itself; +∞ when never.</summary>
    public double Delivered(StageSpec stage, int place) => Delivered(stage, place, network.Arrival);

    /// <summary>No later than <see cref="Delivered(StageSpec, int)"/>, and sooner said: nothing is made anew for what others have taken.</summary>
    public double EarliestDelivered(StageSpec stage, int place) => Delivered(stage, place, network.EarliestArrival);

    private double Delivered(StageSpec stage, int place, Func<int, int, double, double, double> arrivalOf)
    {
        var arrival = Math.Max(problem.Start, stage.NotBefore);
        foreach (var input in Inputs(stage))
            arrival = Math.Max(arrival, arrivalOf(input.From, place, input.Ready, input.Mb));
        var end = Finish(stage, place, arrival);
        return double.IsFinite(end) && place != INetwork.Ground && problem.EndsOnGround(stage)
            ? arrivalOf(place, INetwork.Ground, end, stage.OutputMb)
            : end;
    }

    /// <summary>Places a stage whose inputs are placed.</summary>
    /// <returns>False when it cannot end before the problem's end, and may not be missing.</returns>
    public bool Place(StageSpec stage, int place)
    {
        var incoming = new List<(int? FromStage, TransferPath Path)>();
        var latest = place == INetwork.Ground ? problem.End - Finish(stage, place, 0) : problem.End;
        foreach (var input in Inputs(stage).OrderBy(input => input.Ready))
        {
            if (network.Route(input.From, place, input.Ready, input.Mb) is not { } path || path.Arrival > latest)
            {
                if (input.Stage is { } from && MayMiss(done[from].Stage))
                    continue;
                return false;
            }

            if (takes)
                network.Take(path);
            incoming.Add((input.Stage, path));
        }

        var arrival = Math.Max(stage.NotBefore, incoming.Select(input => input.Path.Arrival).DefaultIfEmpty(problem.Start).Max());
        var end = Finish(stage, place, arrival);
        if (end > problem.End)
            return MayMiss(stage);
        var computing = place == INetwork.Ground ? [] : Curve(stage, place).Pieces(arrival, end);
        if (takes && place != INetwork.Ground)
            network.Take(place, computing);
        done[stage.Index] = new(stage, place, arrival, end) { Computing = computing, Incoming = incoming };
        return true;
    }

    /// <summary>When the result of a placed stage is where it is needed, taking what it uses; null when never.</summary>
    public double? Arrival(StageSpec stage)
    {
        var placed = done[stage.Index];
        if (placed.Place == INetwork.Ground || !problem.EndsOnGround(stage))
            return placed.End;
        if (network.Route(placed.Place, INetwork.Ground, placed.End, stage.OutputMb) is not { } path || path.Arrival > problem.End)
            return null;
        if (takes)
            network.Take(path);
        return path.Arrival;
    }

    /// <summary>The schedule, when all stages are placed and the outputs that nobody reads come down; null when they cannot.</summary>
    public GraphSchedule? Close(StageGraph graph)
    {
        var stages = graph.Stages.Select(stage => done[stage.Index]).ToList();
        var outputs = new List<(int FromStage, TransferPath Path)>();
        foreach (var stage in stages.Where(stage => stage.Place != INetwork.Ground && !graph.Stages.Any(other => other.Inputs.Contains(stage.Stage.Index))).OrderBy(stage => stage.End))
        {
            if (network.Route(stage.Place, INetwork.Ground, Math.Max(problem.Start, stage.End), stage.Stage.OutputMb) is not { } path || path.Arrival > problem.End)
                return null;
            if (takes)
                network.Take(path);
            outputs.Add((stage.Stage.Index, path));
        }

        var end = stages.Select(stage => stage.End).Concat(outputs.Select(output => output.Path.Arrival)).DefaultIfEmpty(problem.Start).Max();
        return new(stages, outputs, end) { Bound = end };
    }

    private IEnumerable<(int? Stage, int From, double Ready, double Mb)> Inputs(StageSpec stage)
    {
        if (stage.InputMb > 0)
            yield return (null, INetwork.Ground, problem.Start, stage.InputMb);
        foreach (var input in stage.Inputs.Where(input => Missing?.Contains(input) != true))
        {
            var from = done[input];
            yield return (input, from.Place, Math.Max(problem.Start, from.End), from.Stage.OutputMb);
        }
    }

    private bool MayMiss(StageSpec stage) => stage.MayBeMissing && Missing?.Add(stage.Index) == true;

    private Curve Curve(StageSpec stage, int place)
    {
        var profile = network.Compute(place);
        return stage.DurationS is null ? profile.Tflop : profile.Duty;
    }

    private double Finish(StageSpec stage, int place, double arrival) => place == INetwork.Ground
        ? arrival + (stage.DurationS ?? (stage.ComputeTflop / problem.GroundTflops))
        : Curve(stage, place).Finish(arrival, stage.DurationS ?? stage.ComputeTflop);
}
