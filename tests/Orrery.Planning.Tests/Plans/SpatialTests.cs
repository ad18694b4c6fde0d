using NetTopologySuite.Geometries;
using Orrery.Planning.Spatial;

namespace Orrery.Planning.Tests.Plans;

public sealed class SpatialTests
{
    /// <summary>About France: a box, for its share can be counted by hand.</summary>
    private static readonly GeoArea Box = Rectangle(-2, 43, 8, 50);

    private static readonly WorkSpec Spec = new()
    {
        Class = WorkloadClass.Spatial,
        StartAt = TestFleet.Epoch,
        Area = Box,
        Horizon = TimeSpan.FromHours(24),
        Layers = [new("a", 40, 0, 10)],
        OutputMb = 100,
        Batches = 10,
    };

    [Fact]
    public void Tiles_are_seen_first_worked_on_then_and_joined_and_the_plan_says_what_is_covered_by_when()
    {
        var plan = TestFleet.Plan(new() { Fleet = TestFleet.Of(TestFleet.Documented), Spec = Spec });
        plan.Feasible.ShouldBeTrue(string.Join(' ', plan.Reasons.Select(reason => reason.Message)));
        var tiles = plan.Stages.Where(stage => stage.Role == "tile").ToList();
        tiles.Count.ShouldBeGreaterThan(1);
        tiles.Sum(tile => tile.ComputeTflop).ShouldBe(400 * tiles.Sum(tile => tile.Tile!.Share), 1e-6);
        plan.Coverage.Select(tile => tile.Covered).ShouldBe(plan.Coverage.Select(tile => tile.Covered).Order());
        plan.Coverage.ShouldAllBe(tile => tile.DeliveredAt >= tile.SeenTo);
        plan.Stages[^1].Start.ShouldBeGreaterThanOrEqualTo(plan.Coverage[^1].DeliveredAt);
        plan.Notes.ShouldContain(note => note.Contains("of the area is seen by"));
    }

    [Fact]
    public void Areas_of_many_shapes_and_places_make_sound_plans()
    {
        var feasible = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (west, south) = ((random.NextDouble() * 320) - 160, (random.NextDouble() * 90) - 50);
            var area = seed % 3 == 0
                ? Ring(west, south, 1 + (random.NextDouble() * 4), hole: seed % 2 == 0)
                : Rectangle(west, south, west + 1 + (random.NextDouble() * 12), south + 1 + (random.NextDouble() * 8));
            var input = new PlanningInput
            {
                Fleet = TestFleet.Of(TestFleet.Documented),
                Spec = Spec with { Area = area, StartAt = TestFleet.Epoch.AddHours(random.Next(72)), Training = seed % 2 == 0 },
            };
            var plan = TestFleet.Plan(input);
            feasible += plan.Feasible ? 1 : 0;
        }

        feasible.ShouldBeGreaterThan(28);
    }

    [Fact]
    public void Of_two_that_pass_together_each_gets_what_it_sees_most_from_above()
    {
        const double SwathKm = 900;
        var fleet = Swath(TestFleet.Of(25544), SwathKm);
        var one = fleet.Satellites[0];
        var other = one with { Elements = one.Elements with { NoradId = 99002, Name = "BESIDE", RaanDeg = (one.Elements.RaanDeg + 6) % 360 } };
        var plan = TestFleet.Plan(new() { Fleet = fleet with { Satellites = [one, other] }, Spec = Spec });
        var tiles = plan.Stages.Where(stage => stage.Tile is not null).ToList();
        var first = tiles.Min(tile => tile.Tile!.SeenTo);
        var together = tiles.Where(tile => tile.Tile!.SeenTo < first.AddMinutes(5)).ToList();

        together.Select(tile => tile.SatelliteId).Distinct().Count().ShouldBe(2, "both pass at once");
        var (mine, others, beside) = (0, 0, 0);
        foreach (var tile in together)
        {
            var tracks = fleet.Satellites.Append(other).ToDictionary(satellite => satellite.Elements.NoradId, satellite => Track(satellite, first.AddMinutes(-6), first.AddMinutes(6)));
            foreach (var point in tile.Tile!.Area.Polygons.SelectMany(polygon => polygon.Rings[0]))
            {
                var far = tracks.ToDictionary(track => track.Key, track => track.Value.Min(under => Km(point, under)));
                var own = far[tile.SatelliteId!.Value];
                var rival = far.First(pair => pair.Key != tile.SatelliteId).Value;
                mine += own <= (SwathKm / 4) + 30 ? 1 : 0;
                beside += own > (SwathKm / 4) + 30 && rival > (SwathKm / 4) - 30 ? 1 : 0;
                others += own > (SwathKm / 4) + 30 && rival < (SwathKm / 4) - 30 ? 1 : 0;
            }
        }

        mine.ShouldBeGreaterThan(0);
        others.ShouldBe(0, $"what the other sees from above is the other's; {mine} points from above, {beside} from the side of both");
    }

    [Fact]
    public void Swaths_that_cross_in_whatever_way_cut_the_area_soundly()
    {
        var catalog = new Orrery.Planning.Catalog.ContactCatalog();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed / 6);
            var one = Swath(TestFleet.Of(25544), 300).Satellites[0];
            var satellites = Enumerable.Range(0, 40).Select(i => one with
            {
                Elements = one.Elements with { NoradId = 90_000 + i, Name = $"S{i}", RaanDeg = 360 * random.NextDouble(), MeanAnomalyDeg = 360 * random.NextDouble() },
            }).ToList();
            TestFleet.Plan(
                new() { Fleet = TestFleet.Of(25544) with { Satellites = satellites }, Spec = Spec with { StartAt = TestFleet.Epoch.AddSeconds(seed % 6 * 7.3) } }, catalog: catalog)
                .Feasible.ShouldBeTrue();
        }
    }

    private static List<GeoPoint> Track(FleetSatellite satellite, DateTimeOffset from, DateTimeOffset to)
    {
        var propagator = new Orbits.Sgp4Propagator(satellite.Elements);
        var track = new List<GeoPoint>();
        for (var time = from; time <= to; time = time.AddSeconds(2))
        {
            propagator.Propagate(time, out var position, out _);
            var place = Orbits.Frames.ToGeodetic(Orbits.Frames.ToEarthFixed(position, Orbits.Frames.Gmst(time)));
            track.Add(new(place.LongitudeDeg, place.LatitudeDeg));
        }

        return track;
    }

    /// <summary>Along a great circle.</summary>
    private static double Km(GeoPoint a, GeoPoint b)
    {
        var (north, south) = (double.DegreesToRadians(a.LatitudeDeg), double.DegreesToRadians(b.LatitudeDeg));
        var cos = (Math.Sin(north) * Math.Sin(south)) + (Math.Cos(north) * Math.Cos(south) * Math.Cos(double.DegreesToRadians(a.LongitudeDeg - b.LongitudeDeg)));
        return 6371 * Math.Acos(Math.Clamp(cos, -1, 1));
    }

    [Fact]
    public void An_area_that_no_orbit_passes_is_told_so()
    {
        var plan = TestFleet.Plan(new() { Fleet = TestFleet.Of(TestFleet.Documented), Spec = Spec with { Area = Rectangle(0, 80, 20, 84) } });
        plan.Feasible.ShouldBeFalse();
        plan.Reasons.ShouldHaveSingleItem().Code.ShouldBe(ReasonCodes.NoCoverage);
    }

    [Fact]
    public void A_wider_swath_covers_more()
    {
        var fleet = TestFleet.Of(TestFleet.Documented);
        var narrow = TestFleet.Plan(new() { Fleet = Swath(fleet, 60), Spec = Spec });
        var wide = TestFleet.Plan(new() { Fleet = Swath(fleet, 600), Spec = Spec });
        wide.Coverage[^1].Covered.ShouldBeGreaterThan(narrow.Coverage[^1].Covered);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 52)]
    [InlineData(-120, -35)]
    [InlineData(179, 70)]
    public void The_projection_keeps_areas_and_comes_back(double longitude, double latitude)
    {
        var projection = new EqualArea(new(longitude, latitude));
        foreach (var (east, north) in new[] { (0.0, 0.0), (3, 2), (-8, 5), (10, -9) })
        {
            var point = new GeoPoint(longitude + east, latitude + north);
            var back = projection.Unproject(projection.Project(point));
            back.LatitudeDeg.ShouldBe(point.LatitudeDeg, 1e-9);
            (((back.LongitudeDeg - point.LongitudeDeg + 540) % 360) - 180).ShouldBe(0, 1e-9);
            const double Side = 0.05;
            var cell = new Polygon(new LinearRing([.. Corners(point, Side).Select(projection.Project)]));
            var band = Math.Sin(double.DegreesToRadians(point.LatitudeDeg + Side)) - Math.Sin(double.DegreesToRadians(point.LatitudeDeg));
            cell.Area.ShouldBe(EqualArea.RadiusKm * EqualArea.RadiusKm * double.DegreesToRadians(Side) * band, cell.Area * 1e-5);
        }
    }

    private static FleetSnapshot Swath(FleetSnapshot fleet, double km) => fleet with
    {
        Satellites = [.. fleet.Satellites.Select(one => one with { Bus = one.Bus with { SwathKm = km } })],
    };

    private static IEnumerable<GeoPoint> Corners(GeoPoint at, double side) =>
    [
        at, new(at.LongitudeDeg + side, at.LatitudeDeg), new(at.LongitudeDeg + side, at.LatitudeDeg + side), new(at.LongitudeDeg, at.LatitudeDeg + side), at,
    ];

    private static GeoArea Rectangle(double west, double south, double east, double north) =>
        new([new([[new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]])]);

    private static GeoArea Ring(double longitude, double latitude, double radius, bool hole)
    {
        IReadOnlyList<GeoPoint> Circle(double r) =>
            [.. Enumerable.Range(0, 25).Select(i => new GeoPoint(longitude + (r * Math.Cos(i % 24 * Math.Tau / 24)), latitude + (r * Math.Sin(i % 24 * Math.Tau / 24))))];
        return new([new(hole ? [Circle(radius), Circle(radius / 2)] : [Circle(radius)])]);
    }
}
