using Orrery.Planning.Catalog;
using Orrery.Planning.Expansion;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Verdict;

/// <summary>Parts of a plan that do not depend on how its stages were placed.</summary>
internal static class PlanParts
{
    /// <summary>A stage that has ended, as it was.</summary>
    public static PlannedStage Kept(PlanningInput input, StageSpec graph, FinishedStage finished)
    {
        var before = input.Previous?.Stages.FirstOrDefault(stage => stage.Index == finished.Index);
        var start = before is { } planned && planned.Start < finished.End ? planned.Start : finished.End;
        var holder = input.Fleet.Satellites.FirstOrDefault(satellite => $"{satellite.Elements.NoradId}" == finished.SatelliteId);
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
            Parts = graph.Parts,
            Tile = graph.Tile,
            InputMb = graph.InputMb,
            ComputeTflop = graph.ComputeTflop,
            DurationS = graph.DurationS,
            ActivationOutMb = graph.OutputMb,
            MemoryMb = graph.MemoryMb,
            Start = start,
            End = finished.End,
            Segments = before?.End == finished.End ? before.Segments : [],
        };
    }

    /// <summary>The times of computing, with the work divided among them as the profile says.</summary>
    /// <param name="pieces">Of the profile.</param>
    /// <param name="work">TFLOP; null when the stage is modelled by a duration.</param>
    public static List<ComputeSegment> Segments(IReadOnlyList<Cell> pieces, double? work)
    {
        var scale = work is { } tflop ? tflop / pieces.Sum(piece => piece.Amount) : 0;
        return [.. pieces.Select(piece => new ComputeSegment(
            Instant.At(piece.Start), Instant.At(piece.End), piece.Amount * scale, piece.Tag == ComputeProfile.Umbra))];
    }

    /// <summary>Sending between satellites takes longer than computing.</summary>
    public static bool IslBound(IEnumerable<PlannedStage> stages, IEnumerable<PlannedTransfer> transfers)
    {
        var sending = transfers.Where(transfer => transfer.Kind == TransferKind.InterSatellite)
            .Sum(transfer => (transfer.End - transfer.Start).TotalSeconds - transfer.DelayS);
        return sending > stages.Sum(stage => stage.Segments.Sum(segment => (segment.End - segment.Start).TotalSeconds));
    }

    public static List<TrackedSatellite> Used(IReadOnlyList<TrackedSatellite> fleet, IEnumerable<PlannedStage> stages, IEnumerable<PlannedTransfer> transfers)
    {
        var nodes = transfers.SelectMany(transfer => new[] { transfer.From, transfer.To }).Concat(stages.Select(stage => $"{stage.SatelliteId}")).ToHashSet();
        return [.. fleet.Where(satellite => nodes.Contains($"{satellite.NoradId}"))];
    }
}
