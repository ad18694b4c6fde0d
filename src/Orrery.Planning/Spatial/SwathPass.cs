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
    public Geometry Footprint { get; } = Strip(Rows, 1);

    /// <summary>What it sees from above rather than from the side: the middle of its swath, up to this part of its half width.</summary>
    public Geometry Middle(double part) => Strip(Rows, part);

    /// <summary>Along every second row: a track bends away from a straight line by 0.1 km in that time, and cutting takes as long as there are points.</summary>
    private static Geometry Strip(IReadOnlyList<SwathRow> rows, double part)
    {
        var ends = rows.Where((_, i) => i % 2 == 0 || i == rows.Count - 1).ToList();
        return ProjectedArea.Strip(ends.Select(row => row.At(-part)).Concat(Enumerable.Reverse(ends).Select(row => row.At(part))));
    }

    /// <summary>From when the swath first touches a part of it until all of that has been seen, seconds since 1970.</summary>
    public (double From, double To) Seen(Geometry part) => Seen(PreparedGeometryFactory.Prepare(part));

    /// <summary>The same of a part that many passes are asked for.</summary>
    public (double From, double To) Seen(IPreparedGeometry prepared)
    {
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
        return part.Intersects(ProjectedArea.Quadrangle(here.Left, next.Left, next.Right, here.Right));
    }
}

/// <summary>The line that a sensor sees at a time.</summary>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Left">km in the area's plane.</param>
/// <param name="Right">km in the area's plane.</param>
internal sealed record SwathRow(double Time, Coordinate Left, Coordinate Right)
{
    /// <summary>A point of the line, from −1 on its left end to 1 on its right.</summary>
    public Coordinate At(double part) => new(
        ((Left.X * (1 - part)) + (Right.X * (1 + part))) / 2,
        ((Left.Y * (1 - part)) + (Right.Y * (1 + part))) / 2);
}

/// <summary>
/// Finds the passes in the order in which they have seen all that they see of the area, no farther into time than is asked
/// for: first in long steps how near a ground track comes, then finely.
/// </summary>
internal sealed class SwathPasses(
    IReadOnlyList<TrackedSatellite> satellites, ContactCatalog catalog, FleetConfiguration configuration, ProjectedArea area, double start, double end)
{
    public const double StepS = 5;

    private const double CoarseS = 120;
    private const double FirstLookS = 3600;

    private const double EarthRadiusKm = EqualArea.RadiusKm;

    /// <summary>Between the direction of a satellite and that of the point under it, radians: the Earth is flattened.</summary>
    private const double Flattening = 0.004;

    private readonly Vector3d centre = EqualArea.Unit(area.Centre);
    private Vector3d wantedCentre = EqualArea.Unit(area.Centre);
    private double wantedRadius = area.Radius;
    private readonly IPreparedGeometry outline = PreparedGeometryFactory.Prepare(area.Geometry);
    private readonly List<Watch> watches =
    [
        .. satellites.Select((satellite, i) => new Watch(i, new GroundTrack(satellite, catalog, configuration, start), satellite.Bus.SwathKm / 2))
            .Where(watch => watch.HalfKm > 0),
    ];

    /// <summary>What is still wanted of the area; of passes that are looked for from then on, only what is near to it is seen.</summary>
    public void LookFor(Geometry wanted)
    {
        var box = wanted.EnvelopeInternal;
        wantedCentre = EqualArea.Unit(area.Projection.Unproject(box.Centre));
        wantedRadius = box.Diameter / 2 / EarthRadiusKm * area.Stretch;
    }

    /// <summary>Those that see some of the area.</summary>
    public IEnumerable<(SwathPass Pass, (double From, double To) Seen)> InOrder()
    {
        var found = new PriorityQueue<(SwathPass Pass, (double From, double To) Seen), (double To, int Satellite)>();
        var (step, time) = (0, start);
        for (var look = FirstLookS; step == 0 || time < end; look *= 2)
        {
            time = Math.Min(end, time + look);
            foreach (var pass in watches.SelectMany(watch => Advance(watch, step, time)).Where(pass => outline.Intersects(pass.Footprint)))
            {
                var seen = pass.Seen(outline);
                found.Enqueue((pass, seen), (seen.To, pass.Satellite));
            }

            while (start + (step * CoarseS) <= time)
                step++;
            // What is found later begins later: with the passes that are open now, or with those that open next.
            var settled = time >= end ? double.PositiveInfinity : watches.Select(watch => watch.Open).Append(time).Where(double.IsFinite).Min() - CoarseS;
            while (found.TryPeek(out var first, out var order) && order.To < settled)
            {
                found.Dequeue();
                yield return first;
            }
        }
    }

    /// <summary>Looks at the steps of a satellite until a time.</summary>
    private IEnumerable<SwathPass> Advance(Watch watch, int firstStep, double until)
    {
        var stepAngle = watch.Track.MaxRate * CoarseS;
        var nearAngle = Math.Min(Math.PI, area.Radius + (watch.HalfKm / EarthRadiusKm) + Flattening + stepAngle);
        var near = Math.Cos(nearAngle);
        var step = firstStep;
        while (start + (step * CoarseS) <= until)
        {
            var time = start + (step++ * CoarseS);
            var above = Vector3d.Dot(watch.Track.At(time).Direction, centre);
            var isNear = above >= near;
            if (!isNear && double.IsNaN(watch.Open))
            {
                step += (int)((Math.Acos(Math.Clamp(above, -1, 1)) - nearAngle) / stepAngle); // it cannot be near in the steps between
                continue;
            }

            if (isNear && double.IsNaN(watch.Open))
                watch.Open = time;
            if (double.IsNaN(watch.Open) || (isNear && time + CoarseS <= end))
                continue;
            var passes = Between(watch, Math.Max(start, watch.Open - CoarseS), isNear ? end : Math.Min(end, time));
            watch.Open = double.NaN;
            foreach (var pass in passes)
                yield return pass;
        }
    }

    /// <summary>A track may leave the area's surroundings and come back while it is near: that is another pass.</summary>
    private List<SwathPass> Between(Watch watch, double from, double to)
    {
        var (passes, rows) = (new List<SwathPass>(), new List<SwathRow>());
        var track = watch.Track;
        var stepAngle = track.MaxRate * StepS;
        var reachAngle = Math.Min(Math.PI, wantedRadius + (watch.HalfKm / EarthRadiusKm) + Flattening + stepAngle);
        var reach = Math.Cos(reachAngle);
        var (sin, cos) = Math.SinCos(watch.HalfKm / EarthRadiusKm);
        GroundPoint? ahead = null;
        for (var step = 0; from + (step * StepS) <= to;)
        {
            var time = from + (step * StepS);
            var here = ahead ?? track.At(time);
            ahead = null;
            var above = Vector3d.Dot(here.Direction, wantedCentre);
            if (above < reach)
            {
                Take();
                step += 1 + (int)((Math.Acos(Math.Clamp(above, -1, 1)) - reachAngle) / stepAngle); // it cannot be near in the steps between
                continue;
            }

            ahead = track.At(from + (++step * StepS));
            var under = here.Under;
            var across = Normal(under, ahead.Under - under);
            rows.Add(new(time, area.Projection.Project((cos * under) + (sin * across)), area.Projection.Project((cos * under) - (sin * across))));
        }

        Take();
        return passes;

        void Take()
        {
            if (rows.Count > 1 && CoordinateArrays.Envelope([.. rows.Select(row => row.Left), .. rows.Select(row => row.Right)]).Intersects(area.Geometry.EnvelopeInternal))
                passes.Add(new SwathPass(watch.Satellite, rows));
            rows = [];
        }
    }

    /// <summary>The unit vector to the left of a movement over the sphere.</summary>
    private static Vector3d Normal(in Vector3d position, in Vector3d movement)
    {
        var across = new Vector3d(
            (position.Y * movement.Z) - (position.Z * movement.Y), (position.Z * movement.X) - (position.X * movement.Z), (position.X * movement.Y) - (position.Y * movement.X));
        return (1 / across.Length) * across;
    }

    /// <summary>How far the search has come with one satellite.</summary>
    private sealed class Watch(int satellite, GroundTrack track, double halfKm)
    {
        public int Satellite => satellite;

        public GroundTrack Track => track;

        public double HalfKm => halfKm;

        /// <summary>Since when it is near; NaN while it is not.</summary>
        public double Open { get; set; } = double.NaN;
    }

    /// <summary>Where a satellite is; at times near each other it is quick.</summary>
    private sealed class GroundTrack(TrackedSatellite satellite, ContactCatalog catalog, FleetConfiguration configuration, double start)
    {
        private SatelliteTrack? track;
        private double? maxRate;
        private long block = long.MinValue;

        public GroundPoint At(double time) => new(EphemerisAt(time).EarthFixed(Instant.At(time)).Position);

        /// <summary>Its direction turns no faster, rad/s.</summary>
        public double MaxRate => maxRate ??= EphemerisAt(start).MaxGroundRate;

        private Ephemeris EphemerisAt(double time)
        {
            if (BlockRange.BlockOf(time) is var wanted && (track is null || wanted != block))
                (track, block) = (catalog.Track(satellite, wanted, configuration), wanted);
            return track.Ephemeris;
        }
    }

    /// <summary>A moment of a track.</summary>
    /// <param name="position">Earth-fixed, km.</param>
    private sealed class GroundPoint(in Vector3d position)
    {
        private readonly Vector3d position = position;
        private Vector3d? under;

        /// <summary>Of the satellite from the Earth's centre: within 0.2° of the point under it.</summary>
        public Vector3d Direction => (1 / position.Length) * position;

        /// <summary>The point under it as a direction from the centre of the sphere, by its geodetic latitude.</summary>
        public Vector3d Under => under ??= Find(position);

        private static Vector3d Find(in Vector3d position)
        {
            var place = Frames.ToGeodetic(position);
            var (sin, cos) = Math.SinCos(place.LatitudeRad);
            var (sinEast, cosEast) = Math.SinCos(place.LongitudeRad);
            return new Vector3d(cos * cosEast, cos * sinEast, sin);
        }
    }
}
