using Orrery.Planning.Catalog;
using Orrery.Planning.Placement;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Verdict;

/// <summary>Writes a placement as a plan.</summary>
internal sealed class PlanBuilder(
    ChainSetup setup, ChainProblem problem, ChainSolution solution, ContactNetwork network, PlanningOptions options)
{
    private const double TimePrecisionS = 1e-5;

    private readonly ChainTrace trace = ChainTrace.Of(problem, network, solution.Satellites);
    private readonly WorkSpec spec = setup.Input.Spec;

    public Plan Build()
    {
        List<PlannedStage> kept = [.. setup.Finished.Select(Kept)];
        List<PlannedStage> stages = [.. Enumerable.Range(0, problem.Stages).Select(Stage)];
        List<PlannedTransfer> keptTransfers = setup.Input.Previous is { } previous
            ? [.. previous.Transfers.Where(transfer => transfer.ToStage < setup.Finished.Count)]
            : [];
        List<PlannedTransfer> transfers = [.. trace.Transfers.SelectMany((path, i) => TransferLegs.Of(path, FromStage(i), ToStage(i), setup.Fleet))];
        var startAt = Instant.Of(spec.StartAt);
        var makespan = solution.End - startAt;
        var lowerBound = setup.Start - startAt + LowerBound.Of(problem, FastestRate());
        var plan = new Plan
        {
            Feasible = true,
            StartAt = spec.StartAt,
            Candidates = setup.Selection.Usable,
            Considered = setup.Selection.Considered.Count,
            Stages = [.. kept, .. stages],
            Transfers = [.. keptTransfers, .. transfers],
            IslBound = IslBound([.. kept, .. stages], [.. keptTransfers, .. transfers]),
            MakespanS = makespan,
            LowerBoundS = lowerBound - makespan is > 0 and < TimePrecisionS ? makespan : lowerBound,
            GapFraction = Gap(makespan, lowerBound, startAt),
            Bottleneck = PlanBottleneck.Of([.. kept, .. stages], transfers, Instant.At(setup.Start)),
            Price = options.Tariff.For(kept.Concat(stages).Count(stage => stage.Location == StageLocation.Orbit)),
            Bookings = PlanBookings.Of(stages, transfers),
            Elements = [.. Used(stages, transfers).Select(satellite => satellite.Elements)],
        };
        plan = plan with { Notes = PlanNotes.Of(setup, plan, Used(stages, transfers), options) };
        return plan with { Fingerprint = PlanFingerprint.Of(plan) };
    }

    private PlannedStage Kept(FinishedStage finished)
    {
        var before = setup.Input.Previous?.Stages.FirstOrDefault(stage => stage.Index == finished.Index);
        var graph = setup.Graph.Stages[finished.Index];
        var start = before is { } planned && planned.Start < finished.End ? planned.Start : finished.End;
        var holder = setup.Input.Fleet.Satellites.FirstOrDefault(satellite => $"{satellite.Elements.NoradId}" == finished.SatelliteId);
        return new()
        {
            Index = finished.Index,
            Round = graph.Round,
            Role = graph.Role,
            Inputs = graph.Inputs,
            Location = finished.SatelliteId is null ? StageLocation.Ground : StageLocation.Orbit,
            SatelliteId = finished.SatelliteId is { } id ? int.Parse(id) : null,
            SatelliteName = holder?.Elements.Name ?? before?.SatelliteName,
            Layers = graph.Layers,
            ComputeTflop = graph.ComputeTflop,
            DurationS = graph.DurationS,
            ActivationOutMb = graph.OutputMb,
            MemoryMb = graph.MemoryMb,
            Start = start,
            End = finished.End,
            Segments = before?.End == finished.End ? before.Segments : [],
        };
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
        var byDuration = problem.DurationS is not null;
        var pieces = (byDuration ? profile.Duty : profile.Tflop).Pieces(arrival, end);
        var first = number == 0 ? 0 : trace.Cuts[number - 1];
        var work = problem.Pieces.Skip(first).Take(trace.Cuts[number] - first).Sum(piece => piece.Tflop);
        var scale = byDuration ? 0 : work / pieces.Sum(piece => piece.Amount);
        return pieces.ConvertAll(piece => new ComputeSegment(
            Instant.At(piece.Start), Instant.At(piece.End), piece.Amount * scale, piece.Tag == ComputeProfile.Umbra));
    }

    private int? FromStage(int transfer) => setup.Finished.Count + transfer is var stage && stage == 0 ? null : stage - 1;

    private int? ToStage(int transfer) => transfer == problem.Stages ? null : setup.Finished.Count + transfer;

    private static bool IslBound(List<PlannedStage> stages, List<PlannedTransfer> transfers)
    {
        var sending = transfers.Where(transfer => transfer.Kind == TransferKind.InterSatellite)
            .Sum(transfer => (transfer.End - transfer.Start).TotalSeconds - transfer.DelayS);
        return sending > stages.Sum(stage => stage.Segments.Sum(segment => (segment.End - segment.Start).TotalSeconds));
    }

    private double FastestRate() =>
        setup.Input.Fleet.Satellites.Max(satellite => Math.Max(satellite.Bus.TflopsSun, satellite.Bus.TflopsUmbra));

    private double Gap(double makespan, double lowerBound, double startAt)
    {
        if (makespan <= 0 || (solution.Complete && setup.Selection.Considered.Count == setup.Selection.Usable))
            return 0;
        var bound = setup.Selection.Considered.Count == setup.Selection.Usable ? solution.Bound - startAt : lowerBound;
        return Math.Clamp((makespan - bound) / makespan, 0, 1);
    }

    private List<TrackedSatellite> Used(List<PlannedStage> stages, List<PlannedTransfer> transfers)
    {
        var nodes = transfers.SelectMany(transfer => new[] { transfer.From, transfer.To }).Concat(stages.Select(stage => $"{stage.SatelliteId}")).ToHashSet();
        return [.. setup.Fleet.Where(satellite => nodes.Contains($"{satellite.NoradId}"))];
    }
}
