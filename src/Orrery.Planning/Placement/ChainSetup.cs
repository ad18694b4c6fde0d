using Orrery.Orbits;
using Orrery.Planning.Catalog;
using Orrery.Planning.Expansion;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Placement;

/// <summary>A chain and its world as placement sees them.</summary>
internal sealed record ChainSetup(
    PlanningInput Input,
    StageGraph Graph,
    CandidateSelection Selection,
    IReadOnlyList<TrackedSatellite> Fleet,
    IReadOnlyList<FinishedStage> Finished,
    double Start)
{
    private const double MegabitsPerMegabyte = 8;

    /// <summary>The satellites of the plan: the candidates, and the one that holds the result of the last finished stage.</summary>
    public static ChainSetup Of(PlanningInput input, StageGraph graph, CandidateSelection selection, double start)
    {
        var finished = FinishedPrefix(input, graph.Stages.Count);
        var fleet = selection.Considered.ToList();
        if (finished.Count > 0 && finished[^1].SatelliteId is { } holder && fleet.TrueForAll(satellite => $"{satellite.NoradId}" != holder)
            && input.Fleet.Satellites.FirstOrDefault(satellite => $"{satellite.Elements.NoradId}" == holder) is { } source)
            fleet.Add(new TrackedSatellite(source));
        return new(input, graph, selection, fleet, finished, finished.Count == 0 ? start : Math.Max(start, Instant.Of(finished[^1].End)));
    }

    /// <summary>Whether the satellite that holds the result of the last finished stage is in the fleet.</summary>
    public bool SourceKnown => Finished.Count == 0 || Finished[^1].SatelliteId is not { } holder || IndexOf(holder) >= 0;

    public ChainProblem Problem(double end)
    {
        var remaining = Graph.Stages.Skip(Finished.Count).ToList();
        var configuration = Input.Fleet.Configuration;
        return new()
        {
            Stages = remaining.Count,
            Pieces = Finished.Count == 0 && Graph.Pieces is { } pieces
                ? [.. pieces.Select(piece => new PieceWork(piece.Tflop, piece.ActivationMb, piece.ParamsMb))]
                : [.. remaining.Select(stage => new PieceWork(stage.ComputeTflop, stage.OutputMb, stage.MemoryMb))],
            DurationS = Graph.Stages[0].DurationS,
            Start = Start,
            End = end,
            Source = Finished.Count == 0 || Finished[^1].SatelliteId is not { } holder ? INetwork.Ground : IndexOf(holder),
            InputMb = Finished.Count == 0 ? Graph.Stages[0].InputMb : remaining.Count == 0 ? 0 : Graph.Stages[Finished.Count - 1].OutputMb,
            OutputMb = Graph.Stages[^1].OutputMb,
            Candidates = [.. Enumerable.Range(0, Selection.Considered.Count)],
            Allowed = Allowed,
            Used = Finished.Where(stage => stage.SatelliteId is not null).Select(stage => IndexOf(stage.SatelliteId!)).ToHashSet(),
            Objective = Input.Spec.Objective,
            FastestLinkMbS = FastestLink(configuration),
        };
    }

    /// <summary>MB/s.</summary>
    public static double FastestLink(FleetConfiguration configuration) => configuration.Links.FastestMbps / MegabitsPerMegabyte;

    private static List<FinishedStage> FinishedPrefix(PlanningInput input, int stages)
    {
        var byIndex = input.Finished.ToDictionary(stage => stage.Index);
        var prefix = new List<FinishedStage>();
        while (prefix.Count < stages && byIndex.TryGetValue(prefix.Count, out var stage))
            prefix.Add(stage);
        return prefix;
    }

    private bool Allowed(int stage, int satellite) =>
        !Input.AvoidByStage.TryGetValue(stage + Finished.Count, out var avoided) || !avoided.Contains(Fleet[satellite].NoradId);

    private int IndexOf(string noradId)
    {
        for (var i = 0; i < Fleet.Count; i++)
        {
            if ($"{Fleet[i].NoradId}" == noradId)
                return i;
        }

        return -2;
    }
}
