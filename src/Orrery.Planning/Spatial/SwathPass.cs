using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
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
        var prepared = PreparedGeometryFactory.Prepare(part);
        var (first, last) = (0, Rows.Count - 2);
        while (first < last && !Sees(first, prepared))
            first++;
        while (last > first && !Sees(last, prepared))
            last--;
        return (Rows[first].Time, Rows[last + 1].Time);
    }

    /// <summary>Whether a part is between a row and the next.</summary>
    private bool Sees(int row, IPreparedGeometry part)
    {
        var (here, next) = (Rows[row], Rows[row + 1]);
        return part.Intersects(ProjectedArea.Strip([here.Left, next.Left, next.Right, here.Right]));
    }
}

/// <summary>The line that a sensor sees at a time.</summary>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Left">km in the area's plane.</param>
/// <param name="Right">km in the area's plane.</param>
internal sealed record SwathRow(double Time, Coordinate Left, Coordinate Right);

/// <summary>Finds the passes: first in long steps how near the ground track comes, then finely.</summary>
internal static class SwathPasses
{
    public const double StepS = 5;

    private const double CoarseS = 120;
    private const double EarthRadiusKm = EqualArea.RadiusKm;

    /// <summary>Angle that a track moves in a coarse step at most, radians: 8 km/s over the ground.</summary>
    private const double CoarseAngle = 8 * CoarseS / EarthRadiusKm;

    /// <summary>The same in a fine step, with the flattening of the Earth.</summary>
    private const double StepAngle = (8 * StepS / EarthRadiusKm) + 0.004;

    public static List<SwathPass> Find(
        IReadOnlyList<TrackedSatellite> satellites, ContactCatalog catalog, FleetConfiguration configuration, ProjectedArea area, double start, double end)
    {
        var centre = EqualArea.Unit(area.Centre);
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
                var isNear = Vector3d.Dot(track.Direction(time), centre) >= near;
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
        var (centre, reach) = (EqualArea.Unit(area.Centre), Math.Cos(Math.Min(Math.PI, area.Radius + (halfKm / EarthRadiusKm) + StepAngle)));
        var (sin, cos) = Math.SinCos(halfKm / EarthRadiusKm);
        var here = track.Under(from);
        for (var time = from; time <= to; time += StepS)
        {
            var next = track.Under(time + StepS);
            if (Vector3d.Dot(here, centre) >= reach)
            {
                var across = Normal(here, next - here);
                rows.Add(new(time, area.Projection.Project((cos * here) + (sin * across)), area.Projection.Project((cos * here) - (sin * across))));
            }

            here = next;
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

    /// <summary>Where a satellite is, and the point under it as a direction from the centre of the sphere, by its geodetic latitude.</summary>
    private sealed class GroundTrack(TrackedSatellite satellite, ContactCatalog catalog, FleetConfiguration configuration)
    {
        private SatelliteTrack? track;
        private long block = long.MinValue;

        /// <summary>Of the satellite from the Earth's centre: within 0.2° of the point under it.</summary>
        public Vector3d Direction(double time)
        {
            var position = Position(time);
            return (1 / position.Length) * position;
        }

        public Vector3d Under(double time)
        {
            var place = Frames.ToGeodetic(Position(time));
            var (sin, cos) = Math.SinCos(place.LatitudeRad);
            var (sinEast, cosEast) = Math.SinCos(place.LongitudeRad);
            return new Vector3d(cos * cosEast, cos * sinEast, sin);
        }

        private Vector3d Position(double time)
        {
            if (BlockRange.BlockOf(time) is var wanted && (track is null || wanted != block))
                (track, block) = (catalog.Track(satellite, wanted, configuration), wanted);
            return track.Ephemeris.EarthFixed(Instant.At(time)).Position;
        }
    }
}
