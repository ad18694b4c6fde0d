using Orrery.Planning.Placement.Graphs;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Verdict;

/// <summary>Writes the schedule of a stage graph as a plan.</summary>
internal sealed class GraphPlanBuilder(GraphProblem problem, GraphSchedule schedule, PlanningOptions options)
{
    private const double TimePrecisionS = 1e-5;

    private readonly WorkSpec spec = problem.Input.Spec;

    public Plan Build()
    {
        List<PlannedStage> stages = [.. schedule.Stages.Select(Stage)];
        var pending = stages.Where((_, i) => !schedule.Stages[i].IsFinished).ToList();
        List<PlannedTransfer> fresh = [.. Transfers().OrderBy(transfer => transfer.Start).ThenBy(transfer => transfer.FromStage).ThenBy(transfer => transfer.Leg)];
        List<PlannedTransfer> transfers = [.. Kept(), .. fresh];
        var startAt = Instant.Of(spec.StartAt);
        var makespan = schedule.End - startAt;
        var bound = schedule.Bound - startAt;
        var isWhole = problem.Selection.Considered.Count == problem.Selection.Usable && problem.Fleet.Count <= options.MaxRelayFleet;
        var used = PlanParts.Used(problem.Fleet, pending, fresh);
        var plan = new Plan
        {
            Feasible = true,
            StartAt = spec.StartAt,
            Candidates = problem.Selection.Usable,
            Considered = problem.Selection.Considered.Count,
            Stages = stages,
            Transfers = transfers,
            IslBound = PlanParts.IslBound(stages, transfers),
            MakespanS = makespan,
            LowerBoundS = isWhole ? Snapped(bound, makespan) : Math.Min(makespan, problem.Start - startAt + LowerBound.Of(problem, options)),
            Bottleneck = PlanBottleneck.Of(stages, fresh, Instant.At(problem.Start)),
            Price = options.Tariff.For(stages.Count(stage => stage.Location == StageLocation.Orbit)),
            Coverage = Coverages.Of(stages, transfers),
            Bookings = PlanBookings.Of([.. pending, .. stages.Where(IsUnderWay)], fresh),
            Elements = [.. used.Select(satellite => satellite.Elements)],
        };
        plan = plan with { GapFraction = makespan <= 0 ? 0 : Math.Clamp((makespan - plan.LowerBoundS) / makespan, 0, 1) };
        plan = plan with { Notes = PlanNotes.Of(problem.Input, problem.Graph, plan, used, options) };
        return plan with { Fingerprint = PlanFingerprint.Of(plan) };
    }

    /// <summary>It keeps what it has until it ends.</summary>
    private bool IsUnderWay(PlannedStage stage) => problem.Finished(problem.Graph.Stages[stage.Index]) is { } kept && GraphProblem.EndOf(kept) > problem.Start;

    private static double Snapped(double bound, double makespan) => Math.Abs(makespan - bound) < TimePrecisionS ? makespan : Math.Min(bound, makespan);

    /// <summary>What came to stages that have ended.</summary>
    private IEnumerable<PlannedTransfer> Kept()
    {
        var finished = schedule.Stages.Where(stage => stage.IsFinished).Select(stage => (int?)stage.Stage.Index).ToHashSet();
        return (problem.Input.Previous?.Transfers ?? []).Where(transfer => transfer.ToStage is not null && finished.Contains(transfer.ToStage));
    }

    private IEnumerable<PlannedTransfer> Transfers() => schedule.Stages
        .SelectMany(stage => stage.Incoming.SelectMany(incoming => TransferLegs.Of(incoming.Path, incoming.FromStage, stage.Stage.Index, problem.Fleet)))
        .Concat(schedule.Outputs.SelectMany(output => TransferLegs.Of(output.Path, output.FromStage, null, problem.Fleet)));

    private PlannedStage Stage(ScheduledStage placed)
    {
        var stage = placed.Stage;
        if (placed.IsFinished)
            return PlanParts.Kept(problem.Input, stage, problem.Finished(stage)!);
        var isGround = placed.Place == INetwork.Ground;
        var segments = isGround
            ? [new ComputeSegment(Instant.At(placed.Arrival), Instant.At(placed.End), stage.DurationS is null ? stage.ComputeTflop : 0, false)]
            : PlanParts.Segments(placed.Computing, stage.DurationS is null ? stage.ComputeTflop : null);
        var satellite = isGround ? null : problem.Fleet[placed.Place];
        return new()
        {
            Index = stage.Index,
            Round = stage.Round,
            Role = stage.Role,
            Inputs = stage.Inputs,
            Location = isGround ? StageLocation.Ground : StageLocation.Orbit,
            SatelliteId = satellite?.NoradId,
            SatelliteName = satellite?.Elements.Name,
            Layers = stage.Layers,
            Parts = stage.Parts,
            Tile = stage.Tile,
            InputMb = stage.InputMb,
            ComputeTflop = stage.ComputeTflop,
            DurationS = stage.DurationS,
            ActivationOutMb = stage.OutputMb,
            MemoryMb = stage.MemoryMb,
            Start = segments.Count > 0 ? segments[0].Start : Instant.At(placed.Arrival),
            End = Instant.At(placed.End),
            Segments = segments,
        };
    }
}
