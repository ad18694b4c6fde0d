using Orrery.Planning.Catalog;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Tests.Routing;

/// <summary>Routes of the planner against every simple way that there is.</summary>
public sealed class SeveralHopsTests
{
    private const int Satellites = 5;

    [Fact]
    public void No_way_over_whatever_nodes_arrives_earlier_than_the_route()
    {
        var (longest, relayedDown, found) = (0, 0, 0);
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (world, start) = World(random, stations: 1 + (seed % 2));
            foreach (var (from, to, mb) in new[] { (0, 1, 50.0), (2, INetwork.Ground, 400.0), (INetwork.Ground, 3, 5.0), (3, 0, 2000.0) })
            {
                var route = world.Route(from, to, start, mb);
                var best = Ways(from, to, [.. Enumerable.Range(INetwork.Ground, Satellites + 1)]).Min(way => Arrival(world, way, start, mb));
                (route is not null).ShouldBe(double.IsFinite(best), $"seed {seed}, {from} to {to}");
                if (route is null)
                    continue;
                route.Arrival.ShouldBe(best, 1e-6, $"seed {seed}, {from} to {to}");
                found++;
                longest = Math.Max(longest, route.Hops.Count(hop => hop.Link is not null));
                relayedDown += to == INetwork.Ground && route.Hops.Count > 1 ? 1 : 0;
            }
        }

        found.ShouldBeGreaterThan(80);
        longest.ShouldBeGreaterThanOrEqualTo(3, "some go over several nodes");
        relayedDown.ShouldBeGreaterThan(0, "some come down through another satellite");
    }

    [Fact]
    public void In_a_large_fleet_a_route_is_no_later_than_the_direct_one_and_mostly_as_early_as_any()
    {
        const int Many = 20;
        var (longest, found, least) = (0, 0, 0);
        for (var seed = 0; seed < 6; seed++)
        {
            var (world, start) = World(new Random(seed), stations: 1, Many);
            foreach (var (from, to, mb) in new[] { (0, 1, 50.0), (2, INetwork.Ground, 400.0), (INetwork.Ground, 3, 5.0) })
            {
                var route = world.Route(from, to, start, mb);
                var best = Relaxed(world, from, start, mb, Many)[to + 1];
                var direct = Arrival(world, [from, to], start, mb);
                (route?.Arrival ?? double.PositiveInfinity).ShouldBeInRange(Math.Min(best - 1e-6, double.MaxValue), direct, $"seed {seed}, {from} to {to}");
                found += double.IsFinite(best) ? 1 : 0;
                least += route?.Arrival <= best + 1 ? 1 : 0;
                longest = Math.Max(longest, route?.Hops.Count(hop => hop.Link is not null) ?? 0);
            }
        }

        longest.ShouldBeGreaterThanOrEqualTo(3);
        least.ShouldBeGreaterThan(found / 2, $"within a second of the earliest of all ways, of {found}");
    }

    /// <summary>When data is at each place, by looking at all links again until nothing changes (Bellman and Ford).</summary>
    private static double[] Relaxed(ContactNetwork world, int from, double ready, double mb, int satellites)
    {
        var paths = new TransferPath?[satellites + 1];
        paths[from + 1] = new(ready, mb, []);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var a = INetwork.Ground; a < satellites; a++)
            {
                for (var b = INetwork.Ground; b < satellites; b++)
                {
                    if (a == b || world.Over(paths[a + 1], a, b) is not { } longer || longer.Arrival >= (paths[b + 1]?.Arrival ?? double.PositiveInfinity))
                        continue;
                    (paths[b + 1], changed) = (longer, true);
                }
            }
        }

        return [.. paths.Select(path => path?.Arrival ?? double.PositiveInfinity)];
    }

    /// <summary>Satellites all around the Earth in planes of their own, with few stations.</summary>
    private static (ContactNetwork World, double Start) World(Random random, int stations, int satellites = Satellites)
    {
        var iss = TestFleet.Of(25544);
        var start = Instant.Of(TestFleet.Epoch);
        var fleet = Enumerable.Range(0, satellites).Select(i => new TrackedSatellite(iss.Satellites[0] with
        {
            Elements = iss.Satellites[0].Elements with { NoradId = 90_000 + random.Next(9_000), Name = $"S{i}", RaanDeg = 360 * random.NextDouble(), MeanAnomalyDeg = 360 * random.NextDouble() },
        })).ToList();
        var world = new ContactNetwork(
            new ContactCatalog(), fleet, new StationSet([.. iss.Stations.OrderBy(_ => random.Next()).Take(stations)], 5), iss.Configuration, new BookedTimes([]), new PlanningOptions())
        {
            Start = start,
            End = start + TimeSpan.FromHours(12).TotalSeconds,
            Objective = PlanObjective.MinLatency,
            Relays = true,
        };
        return (world, start);
    }

    /// <summary>Link after link.</summary>
    private static double Arrival(ContactNetwork world, IReadOnlyList<int> way, double ready, double mb)
    {
        TransferPath? path = new(ready, mb, []);
        for (var i = 1; i < way.Count && path is not null; i++)
            path = world.Over(path, way[i - 1], way[i]);
        return path?.Arrival ?? double.PositiveInfinity;
    }

    private static IEnumerable<IReadOnlyList<int>> Ways(int from, int to, int[] others)
    {
        var left = others.Where(other => other != from).ToArray();
        yield return [from, to];
        foreach (var next in left.Where(next => next != to))
        {
            foreach (var rest in Ways(next, to, left))
                yield return [from, .. rest];
        }
    }
}
