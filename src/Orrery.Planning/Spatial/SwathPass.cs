using NetTopologySuite.Geometries;
using Orrery.Orbits;
using Orrery.Planning.Catalog;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Spatial;

/// <summary>A pass of a satellite's swath over an area.</summary>
/// <param name="Satellite">Index among the candidates.</param>
/// <param name="Rows">Across the track from left to right, in the order of time.</param>
internal sealed record SwathPass(int Satellite, IReadOnlyList<SwathRow> Rows)
{
    /// <summary>All that it sees, km in the area's plane.</summary>
    public Geometry Footprint { get; } = ProjectedArea.Strip(Rows.Select(row => row.Left).Concat(Rows.Reverse().Select(row => row.Right)));

    /// <summary>From when the swath first touches a part of it until all of that has been seen, seconds since 1970.</summary>
    public (double From, double To) Seen(Geometry part)
    {
        var over = Rows.Zip(Rows.Skip(1)).Where(pair => ProjectedArea.Strip([pair.First.Left, pair.Second.Left, pair.Second.Right, pair.First.Right]).Intersects(part)).ToList();
        return over.Count == 0 ? (Rows[0].Time, Rows[^1].Time) : (over[0].First.Time, over[^1].Second.Time);
    }
}

/// <summary>The line that a sensor sees at a time.</summary>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Left">km in the area's plane.</param>
/// <param name="Right">km in the area's plane.</param>
internal sealed record SwathRow(double Time, Coordinate Left, Coordinate Right);

/// <summary>Finds the passes: first in steps of a minute how near the ground track comes, then finely.</summary>
internal static class SwathPasses
{
    public const double StepS = 5;

    private const double CoarseS = 60;
    private const double EarthRadiusKm = EqualArea.RadiusKm;

    /// <summary>Angle that a track moves in a coarse step at most, radians: 8 km/s over the ground.</summary>
    private const double CoarseAngle = 8 * CoarseS / EarthRadiusKm;

    public static List<SwathPass> Find(
        IReadOnlyList<TrackedSatellite> satellites, ContactCatalog catalog, FleetConfiguration configuration, ProjectedArea area, double start, double end)
    {
        var centre = Unit(area.Centre);
        var passes = new List<SwathPass>();
        for (var satellite = 0; satellite < satellites.Count; satellite++)
        {
            var track = new GroundTrack(satellites[satellite], catalog, configuration);
            var half = satellites[satellite].Bus.SwathKm / 2;
            if (half <= 0)
                continue;
            var near = Math.Cos(Math.Min(Math.PI, area.Radius + (half / EarthRadiusKm) + CoarseAngle));
            var open = double.NaN;
            for (var time = start; time <= end; time += CoarseS)
            {
                var isNear = Vector3d.Dot(track.At(time).Unit, centre) >= near;
                if (isNear && double.IsNaN(open))
                    open = time;
                if (!double.IsNaN(open) && (!isNear || time + CoarseS > end))
                {
                    Add(passes, satellite, track, area, half, Math.Max(start, open - CoarseS), Math.Min(end, time));
                    open = double.NaN;
                }
            }
        }

        return passes;
    }

    private static void Add(List<SwathPass> passes, int satellite, GroundTrack track, ProjectedArea area, double halfKm, double from, double to)
    {
        var rows = new List<SwathRow>();
        for (var time = from; time <= to; time += StepS)
        {
            var (position, direction) = track.At(time);
            var across = Normal(position, direction);
            var (sin, cos) = Math.SinCos(halfKm / EarthRadiusKm);
            rows.Add(new(time, area.Projection.Project(Point((cos * position) + (sin * across))), area.Projection.Project(Point((cos * position) - (sin * across)))));
        }

        if (rows.Count > 1)
            passes.Add(new(satellite, rows));
    }

    /// <summary>The unit vector to the left of a movement over the sphere.</summary>
    private static Vector3d Normal(in Vector3d position, in Vector3d movement)
    {
        var across = new Vector3d(
            (position.Y * movement.Z) - (position.Z * movement.Y), (position.Z * movement.X) - (position.X * movement.Z), (position.X * movement.Y) - (position.Y * movement.X));
        return (1 / across.Length) * across;
    }

    private static Vector3d Unit(GeoPoint point)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(point.LatitudeDeg));
        var (sinEast, cosEast) = Math.SinCos(double.DegreesToRadians(point.LongitudeDeg));
        return new Vector3d(cos * cosEast, cos * sinEast, sin);
    }

    private static GeoPoint Point(Vector3d unit) => new(double.RadiansToDegrees(Math.Atan2(unit.Y, unit.X)), double.RadiansToDegrees(Math.Asin(Math.Clamp(unit.Z, -1, 1))));

    /// <summary>The point under a satellite and its movement in a second, as a direction from the centre of the sphere, by its geodetic latitude.</summary>
    private sealed class GroundTrack(TrackedSatellite satellite, ContactCatalog catalog, FleetConfiguration configuration)
    {
        private const double Difference = 1;

        public (Vector3d Unit, Vector3d Direction) At(double time)
        {
            var here = Under(time);
            return (here, Under(time + Difference) - here);
        }

        private Vector3d Under(double time)
        {
            var track = catalog.Track(satellite, BlockRange.BlockOf(time), configuration);
            var place = Frames.ToGeodetic(track.Ephemeris.EarthFixed(Instant.At(time)).Position);
            var (sin, cos) = Math.SinCos(place.LatitudeRad);
            var (sinEast, cosEast) = Math.SinCos(place.LongitudeRad);
            return new Vector3d(cos * cosEast, cos * sinEast, sin);
        }
    }
}
