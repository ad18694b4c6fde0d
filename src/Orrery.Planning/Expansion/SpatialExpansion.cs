using Orrery.Planning.Spatial;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Expansion;

/// <summary>Each satellite works on what its swath sees of the area, once it has seen it; the ground combines the results.</summary>
internal sealed class SpatialExpansion : IExpansion
{
    public const string Tile = "tile";

    public WorkloadClass Class => WorkloadClass.Spatial;

    public StageGraph Expand(ExpansionContext context)
    {
        var before = context.Previous?.Stages.Where(stage => stage.Tile is not null).Select(stage => (Satellite: stage.SatelliteId!.Value, Tile: stage.Tile!)).ToList();
        var tiles = before is { Count: > 0 } ? before : Fresh(context);
        return tiles.Count == 0 ? new() { Stages = [] } : Graph(context, tiles, tiles);
    }

    public StageGraph? Reduced(ExpansionContext context, StageGraph graph, IReadOnlySet<int> kept)
    {
        if (kept.Count == 0)
            return null;
        var tiles = graph.Stages.Where(stage => stage.Tile is not null).Select(stage => (stage.Index, Satellite: stage.Only!.Value, Tile: stage.Tile!)).ToList();
        return Graph(context, [.. tiles.Where(one => kept.Contains(one.Index)).Select(one => (one.Satellite, one.Tile))], tiles.ConvertAll(one => (one.Satellite, one.Tile)));
    }

    private static StageGraph Graph(ExpansionContext context, List<(int Satellite, PlannedTile Tile)> tiles, List<(int Satellite, PlannedTile Tile)> seen) => new()
    {
        Stages =
        [
            .. tiles.Select((tile, i) => Stage(context, i, tile.Satellite, tile.Tile)),
            new()
            {
                Index = tiles.Count, Role = DataParallelExpansion.Combine, Eligible = StageLocation.Ground, Inputs = [.. Enumerable.Range(0, tiles.Count)],
                DurationS = context.Options.JoinS,
            },
        ],
        Notes = [.. Notes(context, tiles, seen)],
    };

    /// <summary>Only satellites that can work on what they see get a tile; without any all do, and the plan says what they lack.</summary>
    private static List<(int Satellite, PlannedTile Tile)> Fresh(ExpansionContext context)
    {
        var needed = WholeModel.ParamsMb(context.Spec);
        var able = context.Satellites.Where(satellite => satellite.Bus.MemoryMb >= needed).ToList();
        var viewers = able.Count > 0 ? able : context.Satellites;
        return Tiling.Cut(context with { Satellites = viewers }).ConvertAll(tile => (viewers[tile.Satellite].NoradId, tile.Tile));
    }

    private static StageSpec Stage(ExpansionContext context, int index, int satellite, PlannedTile tile)
    {
        var spec = context.Spec;
        var duration = StageDuration.Of(spec, context.Options);
        return new()
        {
            Index = index,
            Role = Tile,
            Only = satellite,
            NotBefore = Instant.Of(tile.SeenTo),
            Tile = tile,
            MayBeMissing = true,
            ComputeTflop = duration is null ? WholeModel.TflopPerBatch(spec) * spec.Batches * tile.Share : 0,
            DurationS = duration,
            OutputMb = spec.OutputMb * tile.Share,
            MemoryMb = WholeModel.ParamsMb(spec),
            Layers = WholeModel.Shares(spec),
        };
    }

    private static IEnumerable<string> Notes(ExpansionContext context, List<(int Satellite, PlannedTile Tile)> tiles, List<(int Satellite, PlannedTile Tile)> all)
    {
        var (covered, seen) = (tiles.Sum(tile => tile.Tile.Share), all.Sum(tile => tile.Tile.Share));
        foreach (var note in StageDuration.Notes(context.Spec, context.Options))
            yield return note;
        yield return $"{covered:P1} of the area is seen by {tiles.Max(tile => tile.Tile.SeenTo):u}, in {Counted(tiles.Count, "tile")} by {Counted(tiles.Select(tile => tile.Satellite).Distinct().Count(), "satellite")}; each part by the first whose swath passes over it, and of those within {context.Options.SameLookS / 60:0} minutes by the one that sees it most from above.";
        if (seen - covered >= 0.0005)
            yield return $"{seen - covered:P1} of the area is seen within the horizon, and too late for its results to be on the ground in time; lower bound and gap are those of the rest.";
        if (seen < 0.9995)
        {
            yield return context.Previous is not null ? $"{1 - seen:P1} of the area was in no tile of the plan before, and is in none of this."
                : all.Count == context.Options.MostTiles
                ? $"{1 - seen:P1} of the area is left: it is seen later than the rest, and a plan has at most {context.Options.MostTiles} tiles."
                : $"{1 - seen:P1} of the area is seen by none within the horizon, or in parts smaller than {context.Options.LeastTile:P1}.";
        }

        yield return "A tile's batches, compute and output are its share of the whole; what is sensed needs no uplink, so data.input_mb is not sent.";
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
