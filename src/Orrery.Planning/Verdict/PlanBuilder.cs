using Orrery.Planning.Placement;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Verdict;

/// <summary>Writes a placement as a plan.</summary>
internal sealed class PlanBuilder(
    ChainSetup setup, ChainProblem problem, ChainSolution solution, ChainTrace trace, ContactNetwork network, PlanningOptions options)
{
    private const double TimePrecisionS = 1e-5;

    private readonly WorkSpec spec = setup.Input.Spec;

    public Plan Build()
    {
        List<PlannedStage> kept = [.. setup.Finished.Select(finished => PlanParts.Kept(setup.Input, setup.Graph.Stages[finished.Index], finished))];
        List<PlannedStage> stages = [.. Enumerable.Range(0, problem.Stages).Select(Stage)];
        List<PlannedTransfer> keptTransfers = setup.Input.Previous is { } previous
            ? [.. previous.Transfers.Where(transfer => transfer.ToStage < setup.Finished.Count)]
            : [];
        List<PlannedTransfer> transfers = [.. trace.Transfers.SelectMany((path, i) => TransferLegs.Of(path, FromStage(i), ToStage(i), setup.Fleet))];
        var startAt = Instant.Of(spec.StartAt);
        var makespan = solution.End - startAt;
        var lowerBound = setup.Start - startAt + (IsWhole && network.LeavesOutWays ? LowerBound.OfContacts(problem, FastestRate(), network, network.Satellites) : LowerBound.Of(problem, FastestRate()));
        var used = PlanParts.Used(setup.Fleet, stages, transfers);
        var plan = new Plan
        {
            Feasible = true,
            StartAt = spec.StartAt,
            Candidates = setup.Selection.Usable,
            Considered = setup.Selection.Considered.Count,
            Stages = [.. kept, .. stages],
            Transfers = [.. keptTransfers, .. transfers],
            IslBound = PlanParts.IslBound([.. kept, .. stages], [.. keptTransfers, .. transfers]),
            MakespanS = makespan,
            LowerBoundS = lowerBound - makespan is > 0 and < TimePrecisionS ? makespan : lowerBound,
            GapFraction = Gap(makespan, lowerBound, startAt),
            Bottleneck = PlanBottleneck.Of([.. kept, .. stages], transfers, Instant.At(setup.Start)),
            Price = options.Tariff.For(kept.Concat(stages).Count(stage => stage.Location == StageLocation.Orbit)),
            Bookings = PlanBookings.Of(stages, transfers),
            Elements = [.. used.Select(satellite => satellite.Elements)],
        };
        plan = plan with { Notes = PlanNotes.Of(setup.Input, setup.Graph, plan, used, options) };
        return plan with { Fingerprint = PlanFingerprint.Of(plan) };
    }

    private PlannedStage Stage(int number)
    {
        var graph = setup.Graph.Stages[setup.Finished.Count + number];
        var satellite = setup.Fleet[solution.Satellites[number]];
        var (arrival, end) = trace.Times[number];
        var segments = Segments(number, arrival, end);
        var (from, to) = (number == 0 ? 0 : trace.Cuts[number - 1], trace.Cuts[number]);
        var pieces = problem.Pieces.Skip(from).Take(to - from).ToList();
        return new()
        {
            Index = graph.Index,
            Round = graph.Round,
            Role = graph.Role,
            Inputs = graph.Inputs,
            SatelliteId = satellite.NoradId,
            SatelliteName = satellite.Elements.Name,
            Layers = setup.Finished.Count == 0 && setup.Graph.Pieces is { } layers ? LayerShares.Of(layers.Skip(from).Take(to - from)) : graph.Layers,
            ComputeTflop = pieces.Sum(piece => piece.Tflop),
            DurationS = problem.DurationS,
            InputMb = graph.InputMb,
            ActivationOutMb = number == problem.Stages - 1 ? problem.OutputMb : pieces[^1].ActivationMb,
            MemoryMb = pieces.Sum(piece => piece.ParamsMb),
            Start = segments.Count > 0 ? segments[0].Start : Instant.At(arrival),
            End = Instant.At(end),
            Segments = segments,
        };
    }

    private List<ComputeSegment> Segments(int number, double arrival, double end)
    {
        var profile = network.Compute(solution.Satellites[number]);
        if (problem.DurationS is not null)
            return PlanParts.Segments(profile.Duty.Pieces(arrival, end), null);
        var first = number == 0 ? 0 : trace.Cuts[number - 1];
        return PlanParts.Segments(profile.Tflop.Pieces(arrival, end), problem.Pieces.Skip(first).Take(trace.Cuts[number] - first).Sum(piece => piece.Tflop));
    }

    private int? FromStage(int transfer) => setup.Finished.Count + transfer is var stage && stage == 0 ? null : stage - 1;

    private int? ToStage(int transfer) => transfer == problem.Stages ? null : setup.Finished.Count + transfer;

    private double FastestRate() =>
        setup.Input.Fleet.Satellites.Max(satellite => Math.Max(satellite.Bus.TflopsSun, satellite.Bus.TflopsUmbra));

    /// <summary>Whether all satellites that may be used were looked at.</summary>
    private bool IsWhole => setup.Selection.Considered.Count == setup.Selection.Usable;

    private double Gap(double makespan, double lowerBound, double startAt)
    {
        var isSearched = IsWhole && !network.LeavesOutWays;
        if (makespan <= 0 || (solution.Complete && isSearched))
            return 0;
        var bound = isSearched ? solution.Bound - startAt : lowerBound;
        return Math.Clamp((makespan - bound) / makespan, 0, 1);
    }
}
