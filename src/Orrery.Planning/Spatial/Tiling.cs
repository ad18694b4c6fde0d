using NetTopologySuite.Densify;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;
using Orrery.Planning.Expansion;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Spatial;

/// <summary>Cuts an area by the swaths that pass over it: each part belongs to the pass that has seen it first.</summary>
internal static class Tiling
{
    /// <summary>Points of a tile's outline may move so far, km: what a sensor sees ends no more sharply.</summary>
    private const double OutlineKm = 0.5;

    /// <summary>Edges are straight in the plane here and in longitude and latitude for who reads them: at this length that is the same.</summary>
    private const double EdgeKm = 40;

    /// <summary>Of the area: what cutting leaves along edges.</summary>
    private const double Sliver = 1e-5;

    private const double WholeShare = 0.9995;

    /// <summary>The tiles with the index of their satellite among the candidates, first seen first, and the share that they cover.</summary>
    public static (List<(int Satellite, PlannedTile Tile)> Tiles, double Covered) Cut(ExpansionContext context)
    {
        var area = ProjectedArea.Of(context.Spec.Area!);
        var whole = area.Geometry.Area;
        var left = area.Geometry;
        var tiles = new List<(int Satellite, PlannedTile Tile)>();
        var passes = new SwathPasses(context.Satellites, context.Catalog!, context.Fleet!, area, context.Window.Start, context.Window.End);
        foreach (var (pass, _) in passes.InOrder())
        {
            var part = ProjectedArea.WithoutSlivers(left.Intersection(pass.Footprint), whole * Sliver);
            var share = part.Area / whole;
            if (share < context.Options.LeastTile || Tile(area, pass, part, share) is not { } tile)
                continue;
            tiles.Add((pass.Satellite, tile));
            left = left.Difference(pass.Footprint);
            if (tiles.Count == context.Options.MostTiles || left.Area / whole < Math.Max(context.Options.LeastTile, 1 - WholeShare))
                break;
            passes.LookFor(left);
        }

        return (tiles, tiles.Sum(tile => tile.Tile.Share));
    }

    private static PlannedTile? Tile(ProjectedArea area, SwathPass pass, Geometry part, double share)
    {
        var (from, to) = pass.Seen(part);
        var outline = Densifier.Densify(TopologyPreservingSimplifier.Simplify(part, OutlineKm), EdgeKm);
        return area.Unproject(outline) is { Polygons.Count: > 0 } shown ? new(share, Instant.At(from), Instant.At(to), shown) : null;
    }
}
