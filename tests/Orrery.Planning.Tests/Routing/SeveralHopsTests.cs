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

    /// <summary>Satellites all around the Earth in planes of their own, with few stations.</summary>
    private static (ContactNetwork World, double Start) World(Random random, int stations)
    {
        var iss = TestFleet.Of(25544);
        var start = Instant.Of(TestFleet.Epoch);
        var fleet = Enumerable.Range(0, Satellites).Select(i => new TrackedSatellite(iss.Satellites[0] with
        {
            Elements = iss.Satellites[0].Elements with { NoradId = 90_000 + random.Next(9_000), Name = $"S{i}", RaanDeg = 360 * random.NextDouble(), MeanAnomalyDeg = 360 * random.NextDouble() },
        })).ToList();
        var world = new ContactNetwork(
            new ContactCatalog(), fleet, new StationSet([.. iss.Stations.OrderBy(_ => random.Next()).Take(stations)], 5), iss.Configuration, new BookedTimes([]), new PlanningOptions())
        {
            Start = start,
            End = start + TimeSpan.FromHours(12).TotalSeconds,
            Objective = PlanObjective.MinLatency,
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
