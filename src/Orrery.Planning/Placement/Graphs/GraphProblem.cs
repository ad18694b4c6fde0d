using Orrery.Planning.Catalog;
using Orrery.Planning.Expansion;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Placement.Graphs;

/// <summary>A stage graph that is no chain, and its world as placement sees them.</summary>
internal sealed record GraphProblem
{
    public required PlanningInput Input { get; init; }

    public required StageGraph Graph { get; init; }

    public required CandidateSelection Selection { get; init; }

    /// <summary>The candidates, and after them satellites that only hold results of finished stages.</summary>
    public required IReadOnlyList<TrackedSatellite> Fleet { get; init; }

    /// <summary>Nothing new starts before, seconds since 1970.</summary>
    public required double Start { get; init; }

    /// <summary>The plan must end by then, seconds since 1970.</summary>
    public required double End { get; init; }

    public required double GroundTflops { get; init; }

    /// <summary>Schedules that the search makes before it stops.</summary>
    public required int Tries { get; init; }

    /// <summary>Schedules that bring nothing before the search of a group stops.</summary>
    public required int VainTries { get; init; }

    public static GraphProblem Of(PlanningInput input, StageGraph graph, CandidateSelection selection, double start, double end, PlanningOptions options)
    {
        var fleet = selection.Considered.ToList();
        foreach (var holder in input.Finished.Select(stage => stage.SatelliteId).OfType<string>().Distinct())
        {
            if (fleet.TrueForAll(satellite => $"{satellite.NoradId}" != holder)
                && input.Fleet.Satellites.FirstOrDefault(satellite => $"{satellite.Elements.NoradId}" == holder) is { } source)
                fleet.Add(new TrackedSatellite(source));
        }

        return new()
        {
            Input = input,
            Graph = graph,
            Selection = selection,
            Fleet = fleet,
            Start = start,
            End = end,
            GroundTflops = options.GroundTflops,
            Tries = options.GraphTries,
            VainTries = options.VainTries,
        };
    }

    /// <summary>The same until another end, when nothing has to be sent.</summary>
    public GraphProblem WithoutData(double end) => this with
    {
        End = end,
        Graph = Graph with
        {
            Stages = [.. Graph.Stages.Select(stage => stage with { InputMb = 0, OutputMb = 0 })],
            Shared = Graph.Shared is { } shared ? shared with { InputMb = 0, OutputMb = 0 } : null,
        },
    };

    /// <summary>How it ended, when it has.</summary>
    public FinishedStage? Finished(StageSpec stage) => Input.Finished.FirstOrDefault(one => one.Index == stage.Index);

    /// <summary>When a stage that is under way will compute, by the plan that it was started by.</summary>
    public IReadOnlyList<Cell> StillComputing(StageSpec stage) =>
    [
        .. (Input.Previous?.Stages.FirstOrDefault(before => before.Index == stage.Index)?.Segments ?? [])
            .Select(segment => new Cell(Math.Max(Start, Instant.Of(segment.Start)), Instant.Of(segment.End), 0, 0)).Where(cell => cell.End > cell.Start),
    ];

    /// <summary>The satellite's index in the fleet or the ground; null when the fleet lacks it.</summary>
    public int? PlaceOf(FinishedStage stage)
    {
        if (stage.SatelliteId is null)
            return INetwork.Ground;
        for (var i = 0; i < Fleet.Count; i++)
        {
            if ($"{Fleet[i].NoradId}" == stage.SatelliteId)
                return i;
        }

        return null;
    }

    /// <summary>Where a stage may run, whatever others do.</summary>
    public IEnumerable<int> Places(StageSpec stage)
    {
        if (stage.Eligible == StageLocation.Ground || stage.MayBeGround)
            yield return INetwork.Ground;
        if (stage.Eligible == StageLocation.Ground)
            yield break;
        var avoided = Input.AvoidByStage.GetValueOrDefault(stage.Index);
        for (var i = 0; i < Selection.Considered.Count; i++)
        {
            var (id, memory) = (Fleet[i].NoradId, Fleet[i].Bus.MemoryMb);
            if ((stage.Only is null || stage.Only == id) && stage.Except != id && avoided?.Contains(id) != true && stage.MemoryMb <= memory)
                yield return i;
        }
    }

    /// <summary>Whether nothing in orbit reads a stage's result: only stages on the ground do, or none.</summary>
    public bool EndsOnGround(StageSpec stage) =>
        Graph.Stages.Where(other => other.Inputs.Contains(stage.Index)).All(other => other.Eligible == StageLocation.Ground);

    /// <summary>Seconds since 1970.</summary>
    public static double EndOf(FinishedStage stage) => Instant.Of(stage.End);
}
