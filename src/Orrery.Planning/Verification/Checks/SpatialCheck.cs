using Orrery.Orbits;

namespace Orrery.Planning.Verification.Checks;

/// <summary>Tiles are seen by their satellites before they are worked on, do not overlap, and have the share of the area that they say.</summary>
internal static class SpatialCheck
{
    private const double Training = 3;
    private const double ShareTolerance = 0.01;
    private const double SightKm = 6;
    private const int Grid = 60;
    private const int MostPoints = 40;
    private const double StepS = 1;

    public static IEnumerable<PlanViolation> Violations(PlanCase plan)
    {
        var tiles = plan.Plan.Stages.Where(stage => stage.Location == StageLocation.Orbit).ToList();
        var joins = plan.Plan.Stages.Where(stage => stage.Location == StageLocation.Ground).ToList();
        if (joins is not [var join] || !join.Inputs.Order().SequenceEqual(tiles.Select(tile => tile.Index).Order()) || tiles.Exists(tile => tile.Tile is null || tile.Inputs.Count > 0))
        {
            yield return Wrong("The tiles are not joined once, on the ground.");
            yield break;
        }

        var whole = Area(plan.Spec.Area!);
        foreach (var violation in tiles.SelectMany(tile => OfTile(plan, tile, tile.Tile!, whole)).Concat(Overlaps(plan, tiles)))
            yield return violation;
        var covered = tiles.Sum(tile => tile.Tile!.Share);
        if (covered > 1 + Tolerance.Amount || !Tolerance.Equal(covered, plan.Plan.Coverage.Count > 0 ? plan.Plan.Coverage[^1].Covered : 0))
            yield return Wrong($"The tiles cover {covered} of the area.");
        if (covered < plan.Spec.MinCoverage - ShareTolerance)
            yield return Wrong($"The tiles cover {covered} of the area, less than {plan.Spec.MinCoverage}.");
    }

    private static IEnumerable<PlanViolation> OfTile(PlanCase plan, PlannedStage stage, PlannedTile tile, double whole)
    {
        var share = Area(tile.Area) / whole;
        if (Math.Abs(share - tile.Share) > ShareTolerance)
            yield return Wrong($"Tile {stage.Index} is {share:P2} of the area, the plan says {tile.Share:P2}.");
        if (stage.Start.SecondsTo(tile.SeenTo) > Tolerance.OrderS)
            yield return new(ViolationCodes.StartsEarly, $"Tile {stage.Index} is worked on from {stage.Start:O}, before it is seen at {tile.SeenTo:O}.");
        var tflop = plan.Spec.DurationS is not null ? 0 : plan.Spec.Layers.Sum(layer => layer.ComputeTflop) * plan.Spec.Batches * (plan.Spec.Training ? Training : 1) * tile.Share;
        if (!Tolerance.Equal(tflop, stage.ComputeTflop) || !Tolerance.Equal(plan.Spec.OutputMb * tile.Share, stage.ActivationOutMb))
            yield return Wrong($"Tile {stage.Index} does not do its share of the work.");
        if (plan.Satellite(stage) is { } satellite && Unseen(satellite, tile) is > 0 and var km)
            yield return Wrong($"{satellite.Id} comes within {km:0} km of a part of tile {stage.Index}; its swath reaches {satellite.Bus.SwathKm / 2:0} km.");
    }

    /// <summary>How far the worst of some points of the outline is from the ground track, when that is too far; else 0.</summary>
    private static double Unseen(ObservedSatellite satellite, PlannedTile tile)
    {
        var track = new List<GeoPoint>();
        for (var time = tile.SeenFrom; time <= tile.SeenTo.AddSeconds(StepS); time = time.AddSeconds(StepS))
        {
            var place = Frames.ToGeodetic(satellite.EarthFixed(time));
            track.Add(new(place.LongitudeDeg, place.LatitudeDeg));
        }

        var outline = tile.Area.Polygons.SelectMany(polygon => polygon.Rings[0]).ToList();
        var farthest = outline.Where((_, i) => i % Math.Max(1, outline.Count / MostPoints) == 0).Max(point => track.Min(under => Km(point, under)));
        return farthest > (satellite.Bus.SwathKm / 2) + SightKm ? farthest : 0;
    }

    private static IEnumerable<PlanViolation> Overlaps(PlanCase plan, List<PlannedStage> tiles)
    {
        var points = plan.Spec.Area!.Polygons.SelectMany(polygon => polygon.Rings[0]).ToList();
        var (west, east) = (points.Min(point => point.LongitudeDeg), points.Max(point => point.LongitudeDeg));
        var (south, north) = (points.Min(point => point.LatitudeDeg), points.Max(point => point.LatitudeDeg));
        var (inside, twice) = (0, 0);
        for (var i = 0; i < Grid * Grid; i++)
        {
            var point = new GeoPoint(west + ((east - west) * ((i % Grid) + 0.5) / Grid), south + ((north - south) * ((i / Grid) + 0.5) / Grid));
            if (!Contains(plan.Spec.Area, point))
                continue;
            inside++;
            twice += tiles.Count(tile => tile.Tile is { } seen && Contains(seen.Area, point)) > 1 ? 1 : 0;
        }

        if (twice > ShareTolerance * inside)
            yield return Wrong($"{twice} of {inside} points of the area are in two tiles.");
    }

    /// <summary>By the rule of even and odd crossings of a parallel, over all rings.</summary>
    private static bool Contains(GeoArea area, GeoPoint point)
    {
        var crossings = 0;
        foreach (var ring in area.Polygons.SelectMany(polygon => polygon.Rings))
        {
            for (var i = 1; i < ring.Count; i++)
            {
                var (a, b) = (ring[i - 1], ring[i]);
                if (a.LatitudeDeg > point.LatitudeDeg != b.LatitudeDeg > point.LatitudeDeg
                    && point.LongitudeDeg < a.LongitudeDeg + ((b.LongitudeDeg - a.LongitudeDeg) * (point.LatitudeDeg - a.LatitudeDeg) / (b.LatitudeDeg - a.LatitudeDeg)))
                    crossings++;
            }
        }

        return crossings % 2 == 1;
    }

    /// <summary>Of the unit sphere: the integral of the sine of the latitude over the longitude; holes count against it.</summary>
    private static double Area(GeoArea area) => area.Polygons.Sum(polygon => OfRing(polygon.Rings[0]) - polygon.Rings.Skip(1).Sum(OfRing));

    private static double OfRing(IReadOnlyList<GeoPoint> ring)
    {
        var sum = 0.0;
        for (var i = 1; i < ring.Count; i++)
        {
            sum += double.DegreesToRadians(ring[i].LongitudeDeg - ring[i - 1].LongitudeDeg)
                * (Math.Sin(double.DegreesToRadians(ring[i].LatitudeDeg)) + Math.Sin(double.DegreesToRadians(ring[i - 1].LatitudeDeg))) / 2;
        }

        return Math.Abs(sum);
    }

    /// <summary>Along a great circle of the mean sphere (haversine).</summary>
    private static double Km(GeoPoint a, GeoPoint b)
    {
        var north = Math.Sin(double.DegreesToRadians(b.LatitudeDeg - a.LatitudeDeg) / 2);
        var east = Math.Sin(double.DegreesToRadians(b.LongitudeDeg - a.LongitudeDeg) / 2);
        var h = (north * north) + (Math.Cos(double.DegreesToRadians(a.LatitudeDeg)) * Math.Cos(double.DegreesToRadians(b.LatitudeDeg)) * east * east);
        return 2 * 6371.0072 * Math.Asin(Math.Sqrt(Math.Min(1, h)));
    }

    private static PlanViolation Wrong(string message) => new(ViolationCodes.WorkChanged, message);
}
