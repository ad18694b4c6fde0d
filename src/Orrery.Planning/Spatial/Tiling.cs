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

    /// <summary>The tiles with the index of their satellite among the candidates, first seen first.</summary>
    public static List<(int Satellite, PlannedTile Tile)> Cut(ExpansionContext context)
    {
        var area = ProjectedArea.Of(context.Spec.Area!);
        var whole = area.Geometry.Area;
        var left = area.Geometry;
        var tiles = new List<(int Satellite, PlannedTile Tile)>();
        var passes = new SwathPasses(context.Satellites, context.Catalog!, context.Fleet!, area, context.Window.Start, context.Window.End);
        foreach (var together in Together(passes, context.Options.SameLookS))
        {
            var (parts, rest) = Divided(together, left, whole * Sliver, whole * context.Options.LeastTile);
            foreach (var (pass, part) in parts)
            {
                if (Tile(area, pass, part, part.Area / whole) is { } tile)
                    tiles.Add((pass.Satellite, tile));
                if (tiles.Count == context.Options.MostTiles)
                    return tiles;
            }

            left = rest;
            if (left.Area / whole < Math.Max(context.Options.LeastTile, 1 - WholeShare))
                break;
            if (parts.Count > 0)
                passes.LookFor(left);
        }

        return tiles;
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

    /// <summary>What each pass gets of what is left, first what it sees from above, then what is left at its sides; and what is left then.</summary>
    /// <param name="together">The passes.</param>
    /// <param name="left">What is left.</param>
    /// <param name="sliver">Polygons that are smaller are nothing, km².</param>
    /// <param name="least">Passes that get less get nothing, km².</param>
    private static (List<(SwathPass Pass, Geometry Part)> Parts, Geometry Left) Divided(List<SwathPass> together, Geometry left, double sliver, double least)
    {
        var parts = new Geometry?[together.Count];
        var seen = together.ConvertAll(pass => ProjectedArea.WithoutSlivers(ProjectedArea.Common(left, pass.Footprint), sliver));
        var able = Enumerable.Range(0, together.Count).Where(i => seen[i].Area >= least).ToList();
        var rivals = able.Where(i => able.Exists(j => j != i && seen[i].EnvelopeInternal.Intersects(seen[j].EnvelopeInternal))).ToList();
        foreach (var i in able.Except(rivals))
            (parts[i], left) = (seen[i], ProjectedArea.Without(left, together[i].Footprint));
        foreach (var band in new Func<SwathPass, Geometry>[] { pass => pass.Middle(MiddlePart), pass => pass.Footprint })
        {
            foreach (var i in rivals.TakeWhile(_ => left.Area >= least))
            {
                var strip = band(together[i]);
                var part = ProjectedArea.WithoutSlivers(ProjectedArea.Common(left, strip), sliver);
                if (part.IsEmpty)
                    continue;
                parts[i] = parts[i] is { } before ? ProjectedArea.Together(before, part) : part;
                left = ProjectedArea.Without(left, strip);
            }
        }

        var taken = new List<(SwathPass Pass, Geometry Part)>();
        foreach (var (pass, part) in together.Zip(parts))
        {
            if (part is null)
                continue;
            if (part.Area >= least)
                taken.Add((pass, part));
            else
                left = ProjectedArea.Together(left, part);
        }

        return (taken, left);
    }

    private static PlannedTile? Tile(ProjectedArea area, SwathPass pass, Geometry part, double share)
    {
        var (from, to) = pass.Seen(part);
        var outline = Densifier.Densify(TopologyPreservingSimplifier.Simplify(part, OutlineKm), EdgeKm);
        return area.Unproject(outline) is { Polygons.Count: > 0 } shown ? new(share, Instant.At(from), Instant.At(to), shown) : null;
    }
}
