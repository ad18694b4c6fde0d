using NetTopologySuite.Densify;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;
using Orrery.Planning.Expansion;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Spatial;

/// <summary>Cuts an area by the swaths that pass over it: each part belongs to the pass that has seen it first, and best of those that are about as early.</summary>
internal static class Tiling
{
    /// <summary>Points of a tile's outline may move so far, km: what a sensor sees ends no more sharply.</summary>
    private const double OutlineKm = 0.5;

    /// <summary>Edges are straight in the plane here and in longitude and latitude for who reads them: at this length that is the same.</summary>
    private const double EdgeKm = 40;

    /// <summary>Of the area: what cutting leaves along edges.</summary>
    private const double Sliver = 1e-5;

    private const double WholeShare = 0.9995;

    /// <summary>Seen best: from so far to the side at most, as part of the swath's half width.</summary>
    private const double MiddlePart = 0.5;

    /// <summary>The tiles with the index of their satellite among the candidates, first seen first, and the share that they cover.</summary>
    public static (List<(int Satellite, PlannedTile Tile)> Tiles, double Covered) Cut(ExpansionContext context)
    {
        var area = ProjectedArea.Of(context.Spec.Area!);
        var whole = area.Geometry.Area;
        var left = area.Geometry;
        var tiles = new List<(int Satellite, PlannedTile Tile)>();
        var passes = new SwathPasses(context.Satellites, context.Catalog!, context.Fleet!, area, context.Window.Start, context.Window.End);
        foreach (var together in Together(passes, context.Options.SameLookS))
        {
            foreach (var (pass, part, seen) in Divided(together, left, whole))
            {
                var share = part.Area / whole;
                if (share < context.Options.LeastTile || Tile(area, pass, part, share) is not { } tile)
                    continue;
                tiles.Add((pass.Satellite, tile));
                left = ProjectedArea.Without(left, seen);
                if (tiles.Count == context.Options.MostTiles || left.Area / whole < Math.Max(context.Options.LeastTile, 1 - WholeShare))
                    return (tiles, tiles.Sum(one => one.Tile.Share));
            }

            passes.LookFor(left);
        }

        return (tiles, tiles.Sum(tile => tile.Tile.Share));
    }

    /// <summary>The passes in their order; those that have seen what they see within a time of the first come together.</summary>
    private static IEnumerable<List<SwathPass>> Together(SwathPasses passes, double seconds)
    {
        var group = new List<SwathPass>();
        var first = double.NegativeInfinity;
        foreach (var (pass, (_, to)) in passes.InOrder())
        {
            if (group.Count > 0 && to > first + seconds)
            {
                yield return group;
                group = [];
            }

            if (group.Count == 0)
                first = to;
            group.Add(pass);
        }

        if (group.Count > 0)
            yield return group;
    }

    /// <summary>What each pass gets of what is left, first what it sees from above, then what is left at its sides; and what is then no longer left.</summary>
    private static List<(SwathPass Pass, Geometry Part, Geometry Seen)> Divided(List<SwathPass> together, Geometry left, double whole)
    {
        if (together is [var alone])
            return [(alone, Cleared(ProjectedArea.Common(left, alone.Footprint)), alone.Footprint)];
        var parts = together.ConvertAll(_ => (Geometry)left.Factory.CreatePolygon());
        foreach (var band in new Func<SwathPass, Geometry>[] { pass => pass.Middle(MiddlePart), pass => pass.Footprint })
        {
            for (var i = 0; i < together.Count; i++)
            {
                var strip = band(together[i]);
                var part = Cleared(ProjectedArea.Common(left, strip));
                if (part.IsEmpty)
                    continue;
                parts[i] = parts[i].IsEmpty ? part : ProjectedArea.Together(parts[i], part);
                left = ProjectedArea.Without(left, strip);
            }
        }

        return [.. together.Select((pass, i) => (pass, Cleared(parts[i]), parts[i]))];

        Geometry Cleared(Geometry part) => ProjectedArea.WithoutSlivers(part, whole * Sliver);
    }

    private static PlannedTile? Tile(ProjectedArea area, SwathPass pass, Geometry part, double share)
    {
        var (from, to) = pass.Seen(part);
        var outline = Densifier.Densify(TopologyPreservingSimplifier.Simplify(part, OutlineKm), EdgeKm);
        return area.Unproject(outline) is { Polygons.Count: > 0 } shown ? new(share, Instant.At(from), Instant.At(to), shown) : null;
    }
}
