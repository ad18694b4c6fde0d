namespace Orrery.Planning.Verdict;

/// <summary>What share of an area is known on the ground by when.</summary>
internal static class Coverages
{
    public static IReadOnlyList<TileCoverage> Of(IReadOnlyList<PlannedStage> stages, IReadOnlyList<PlannedTransfer> transfers)
    {
        var coverage = new List<TileCoverage>();
        var delivered = stages.Where(stage => stage is { Tile: not null, SatelliteId: not null })
            .Select(stage => (Stage: stage, At: transfers.Where(transfer => transfer.FromStage == stage.Index).Select(transfer => transfer.End).Append(stage.End).Max()))
            .OrderBy(tile => tile.At).ThenBy(tile => tile.Stage.Index);
        foreach (var (stage, at) in delivered)
        {
            var tile = stage.Tile!;
            coverage.Add(new(stage.Index, stage.SatelliteId!.Value, tile.Share, tile.SeenTo, at, tile.Share + (coverage.Count > 0 ? coverage[^1].Covered : 0)));
        }

        return coverage;
    }
}
