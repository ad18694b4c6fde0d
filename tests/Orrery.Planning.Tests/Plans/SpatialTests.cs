using NetTopologySuite.Geometries;
using Orrery.Planning.Spatial;

namespace Orrery.Planning.Tests.Plans;

public sealed class SpatialTests
{
    private const double TrackStepS = 2;

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

    /// <summary>Held to where the tracks are every few seconds, without anything that the planner skips by.</summary>
    [Fact]
    public void What_a_swath_passes_over_is_in_a_tile_that_is_seen_about_then()
    {
        const double SwathKm = 500;
        const double Tolerance = 30;
        var horizon = TimeSpan.FromHours(12);
        var fleet = Swath(TestFleet.Of(TestFleet.Documented), SwathKm);
        var high = fleet.Satellites[0] with { Elements = fleet.Satellites[0].Elements with { NoradId = 99003, Name = "HIGH", Eccentricity = 0.4, MeanMotionRevPerDay = 7, InclinationDeg = 63.4, BStar = 0 } };
        fleet = fleet with { Satellites = [.. fleet.Satellites, high] };
        var tracks = fleet.Satellites.Select(satellite => Track(satellite, TestFleet.Epoch, TestFleet.Epoch + horizon)).ToList();
        var (points, unseen) = (0, 0);
        for (var seed = 0; seed < 16; seed++)
        {
            var random = new Random(seed);
            var (width, height) = (4 + (random.NextDouble() * 46), 3 + (random.NextDouble() * 25));
            var (west, south) = ((random.NextDouble() * 360) - 180 - (width / 2), (random.NextDouble() * 100) - 60);
            west = Math.Clamp(west, -179, 179 - width);
            var plan = TestFleet.Plan(new() { Fleet = fleet, Spec = Spec with { Area = Rectangle(west, south, west + width, south + height), Horizon = 2 * horizon, Layers = [new("a", 0.1, 0, 1)], OutputMb = 1 } });
            var tiles = plan.Stages.Where(stage => stage.Tile is not null).Select(stage => (stage.Tile!.SeenTo, Shape: new MultiPolygon([.. stage.Tile.Area.Polygons.Select(ProjectedArea.InDegrees)]))).ToList();
            for (var i = 0; i < 12; i++)
            {
                var point = new GeoPoint(west + (random.NextDouble() * width), south + (random.NextDouble() * height));
                var first = tracks.Select(track => track.FindIndex(under => Km(point, under) < (SwathKm / 2) - Tolerance)).Where(step => step >= 0).DefaultIfEmpty(int.MaxValue).Min();
                if (first == int.MaxValue)
                    continue;
                points++;
                var seen = TestFleet.Epoch.AddSeconds(first * TrackStepS);
                var own = tiles.Where(tile => tile.Shape.Contains(new Point(point.LongitudeDeg, point.LatitudeDeg))).ToList();
                unseen += own.Count == 0 ? 1 : 0;
                own.ShouldAllBe(tile => tile.SeenTo < seen.AddMinutes(30), $"seed {seed}, {point}, seen at {seen:u}");
            }
        }

        points.ShouldBeGreaterThan(100);
        unseen.ShouldBeLessThan(points / 50, $"of {points}: parts that are too small to be tiles");
    }

    private static List<GeoPoint> Track(FleetSatellite satellite, DateTimeOffset from, DateTimeOffset to)
    {
        var propagator = new Orbits.Sgp4Propagator(satellite.Elements);
        var track = new List<GeoPoint>();
        for (var time = from; time <= to; time = time.AddSeconds(TrackStepS))
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
    public void What_cannot_be_on_the_ground_in_time_is_left_out_and_the_plan_says_so()
    {
        var input = new PlanningInput { Fleet = Swath(TestFleet.Of(TestFleet.Documented), 500), Spec = Spec with { Area = Rectangle(2, -19, 44, 9), OutputMb = 2000 } };
        var whole = TestFleet.Plan(input with { Spec = input.Spec with { Horizon = TimeSpan.FromHours(36) } });
        var plan = TestFleet.Plan(input);
        plan.Feasible.ShouldBeTrue(string.Join(' ', plan.Reasons.Select(reason => reason.Message)));
        plan.MakespanS.ShouldBeLessThanOrEqualTo(24 * 3600);
        plan.Notes.ShouldContain(note => note.Contains("too late for its results"));
        var late = whole.Coverage.Where(tile => tile.DeliveredAt > input.Spec.StartAt.AddHours(24)).ToList();
        late.ShouldNotBeEmpty();
        plan.Coverage.Count.ShouldBeInRange(whole.Coverage.Count(tile => tile.DeliveredAt < input.Spec.StartAt.AddHours(24)) * 9 / 10, whole.Coverage.Count);
    }

    [Fact]
    public void Tiles_of_a_satellite_that_is_taken_are_left_out_and_no_others()
    {
        const int Taken = 48274;
        var input = new PlanningInput { Fleet = Swath(TestFleet.Of(TestFleet.Documented), 500), Spec = Spec };
        var whole = TestFleet.Plan(input).Stages.Where(stage => stage.Tile is not null).ToList();
        whole.Select(stage => stage.SatelliteId).Distinct().Count().ShouldBeGreaterThan(1);
        whole.ShouldContain(stage => stage.SatelliteId == Taken);
        var plan = TestFleet.Plan(input with { Bookings = [new(BookingKind.Satellite, $"{Taken}", Spec.StartAt.AddHours(-1), Spec.StartAt.AddDays(3))] });
        plan.Stages.Where(stage => stage.Tile is not null).Select(stage => (stage.SatelliteId, stage.Tile!.Share)).ShouldBe(
            whole.Where(stage => stage.SatelliteId != Taken).Select(stage => (stage.SatelliteId, stage.Tile!.Share)));
    }

    [Fact]
    public void No_tile_goes_to_a_satellite_that_has_no_room_for_the_model()
    {
        const int Small = 25544;
        var fleet = Swath(TestFleet.Of(TestFleet.Documented), 500);
        fleet = fleet with { Satellites = [.. fleet.Satellites.Select(one => one.Elements.NoradId == Small ? one with { Bus = one.Bus with { MemoryMb = 5 } } : one)] };
        var plan = TestFleet.Plan(new() { Fleet = fleet, Spec = Spec });
        plan.Feasible.ShouldBeTrue();
        plan.Stages.ShouldNotContain(stage => stage.SatelliteId == Small);
        var none = TestFleet.Plan(new() { Fleet = fleet with { Satellites = [.. fleet.Satellites.Where(one => one.Elements.NoradId == Small)] }, Spec = Spec });
        none.Reasons.ShouldHaveSingleItem().Code.ShouldBe(ReasonCodes.MemoryExceeded);
    }

    [Fact]
    public void What_is_late_for_the_deadline_is_left_out_and_a_deadline_that_leaves_nothing_is_refused()
    {
        var input = new PlanningInput { Fleet = Swath(TestFleet.Of(TestFleet.Documented), 500), Spec = Spec };
        var whole = TestFleet.Plan(input);
        var deadline = (whole.Coverage[0].DeliveredAt + ((whole.Coverage[^1].DeliveredAt - whole.Coverage[0].DeliveredAt) / 2)) - Spec.StartAt;
        var plan = TestFleet.Plan(input with { Spec = Spec with { Deadline = deadline } });
        plan.Feasible.ShouldBeTrue(string.Join(' ', plan.Reasons.Select(reason => reason.Message)));
        plan.MakespanS.ShouldBeLessThanOrEqualTo(deadline.TotalSeconds);
        plan.Coverage.Count.ShouldBeInRange(1, whole.Coverage.Count - 1);
        TestFleet.Plan(input with { Spec = Spec with { Deadline = TimeSpan.FromMinutes(1) } }).Reasons.ShouldHaveSingleItem().Code.ShouldBe(ReasonCodes.DeadlineExceeded);
    }

    [Fact]
    public void With_less_than_what_has_to_be_covered_a_plan_is_not_feasible_and_says_how_much_is()
    {
        var input = new PlanningInput { Fleet = TestFleet.Of(TestFleet.Documented), Spec = Spec };
        var covered = TestFleet.Plan(input).Coverage[^1].Covered;
        covered.ShouldBeLessThan(0.98);
        TestFleet.Plan(input with { Spec = Spec with { MinCoverage = covered - 0.01 } }).Feasible.ShouldBeTrue();
        var reason = TestFleet.Plan(input with { Spec = Spec with { MinCoverage = covered + 0.01 } }).Reasons.ShouldHaveSingleItem();
        reason.Code.ShouldBe(ReasonCodes.CoverageTooSmall);
        reason.Numbers["covered"].ShouldBe(covered, 1e-9);
    }

    [Theory]
    [InlineData(165, 180)]
    [InlineData(-180, -165)]
    public void Tiles_of_an_area_at_the_180th_meridian_stay_on_its_side(double west, double east)
    {
        var plan = TestFleet.Plan(new() { Fleet = Swath(TestFleet.Of(TestFleet.Documented), 500), Spec = Spec with { Area = Rectangle(west, -10, east, 10) } });
        var points = plan.Stages.Where(stage => stage.Tile is not null).SelectMany(stage => stage.Tile!.Area.Polygons).SelectMany(polygon => polygon.Rings).SelectMany(ring => ring).ToList();
        points.ShouldNotBeEmpty();
        points.ShouldAllBe(point => point.LongitudeDeg >= west - 0.01 && point.LongitudeDeg <= east + 0.01);
        points.ShouldContain(point => Math.Abs(point.LongitudeDeg) == 180);
    }

    [Theory]
    [InlineData(1, "full")] // what is seen too late is so at every tier
    [InlineData(1000, "coarse")]
    public void Of_tiers_that_all_leave_something_out_the_one_that_leaves_out_least_is_taken(double outputFactor, string tier)
    {
        var spec = Spec with { Area = Rectangle(2, -19, 44, 9), OutputMb = 2000 * outputFactor, Tiers = [new("full"), new("coarse") { Output = 0.02 }] };
        var plan = TestFleet.Plan(new() { Fleet = Swath(TestFleet.Of(TestFleet.Documented), 500), Spec = spec });
        plan.Feasible.ShouldBeTrue(string.Join(' ', plan.Reasons.Select(reason => reason.Message)));
        plan.QualityTier.ShouldBe(tier, string.Join(' ', plan.Notes));
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

    private static FleetSnapshot Swath(FleetSnapshot fleet, double km) => fleet with
    {
        Satellites = [.. fleet.Satellites.Select(one => one with { Bus = one.Bus with { SwathKm = km } })],
    };

    private static GeoArea Rectangle(double west, double south, double east, double north) =>
        new([new([[new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]])]);

    private static GeoArea Ring(double longitude, double latitude, double radius, bool hole)
    {
        IReadOnlyList<GeoPoint> Circle(double r) =>
            [.. Enumerable.Range(0, 25).Select(i => new GeoPoint(longitude + (r * Math.Cos(i % 24 * Math.Tau / 24)), latitude + (r * Math.Sin(i % 24 * Math.Tau / 24))))];
        return new([new(hole ? [Circle(radius), Circle(radius / 2)] : [Circle(radius)])]);
    }
}
