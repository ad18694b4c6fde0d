namespace Orrery.Orbits;

/// <summary>Earliest-arrival routes of all satellites to the ground at one time: Dijkstra's algorithm from all stations at once.</summary>
/// <remarks>A link takes its light time and the processing delay; at equal arrival the route that is found first, by index, stands.</remarks>
public static class GroundRoutes
{
    /// <summary>A route for each satellite.</summary>
    /// <param name="positions">km, Earth-fixed; a satellite at the centre (its propagation failed) has no route.</param>
    /// <param name="links">The links between satellites.</param>
    /// <param name="sites">Stations with their masks.</param>
    /// <param name="rules">For the delay of a link.</param>
    public static GroundRoute[] Of(
        IReadOnlyList<Vector3d> positions, IReadOnlyList<TopologyLink> links, IReadOnlyList<PassSite> sites, TopologyRules rules)
    {
        var routes = new GroundRoute[positions.Count];
        Array.Fill(routes, GroundRoute.None);
        var queue = new PriorityQueue<int, (double Delay, int Satellite)>();
        for (var i = 0; i < positions.Count; i++)
        {
            routes[i] = Downlink(positions[i], sites, rules);
            if (routes[i].Station >= 0)
                queue.Enqueue(i, (routes[i].DelaySeconds, i));
        }

        var neighbours = Adjacency.Of(positions.Count, links);
        var settled = new bool[positions.Count];
        while (queue.TryDequeue(out var satellite, out _))
        {
            if (settled[satellite])
                continue;
            settled[satellite] = true;
            foreach (var (other, rangeKm) in neighbours.Of(satellite))
            {
                var delay = routes[satellite].DelaySeconds + LinkDelay(rangeKm, rules);
                if (delay >= routes[other].DelaySeconds)
                    continue;
                routes[other] = new(routes[satellite].Station, satellite, delay, routes[satellite].Hops + 1);
                queue.Enqueue(other, (delay, other));
            }
        }

        return routes;
    }

    /// <summary>Light time and processing of one link, seconds.</summary>
    public static double LinkDelay(double rangeKm, TopologyRules rules) =>
        (rangeKm / InterSatelliteLink.SpeedOfLightKmPerSecond) + rules.ProcessingDelaySeconds;

    private static GroundRoute Downlink(in Vector3d satellite, IReadOnlyList<PassSite> sites, TopologyRules rules)
    {
        var best = GroundRoute.None;
        if (satellite == default)
            return best;
        for (var i = 0; i < sites.Count; i++)
        {
            var site = sites[i].Site;
            if (Vector3d.Dot(satellite - site.Position, site.Up) <= 0 && sites[i].MinElevationDeg >= 0)
                continue;
            if (double.RadiansToDegrees(site.Elevation(satellite)) < sites[i].MinElevationDeg)
                continue;
            var delay = LinkDelay(site.RangeKm(satellite), rules);
            if (delay < best.DelaySeconds)
                best = new(i, -1, delay, 1);
        }

        return best;
    }
}
