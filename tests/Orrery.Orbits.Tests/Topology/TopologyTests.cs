using FsCheck;
using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class TopologyTests
{
    private static readonly PassSite[] Stations =
        [.. FleetConfiguration.Default.GroundStations.Select(s => new PassSite(s.Site, s.ElevationMaskDeg))];

    private static Gen<(Vector3d[] Positions, TopologyRules Rules)> Fleets =>
        from satellites in Gen.Choose(0, 60).SelectMany(count => Examples.Satellites.ListOf(count))
        from range in Examples.Real(200, 6_000)
        from clearance in Examples.Real(0, 300)
        from most in Gen.Choose(1, 5)
        select (Positions(satellites), new TopologyRules { MaxRangeKm = range, ClearanceKm = clearance, LinksPerSatellite = most });

    [Fact]
    public void Links_are_those_of_all_pairs_sorted_by_length() => Examples.Check(Fleets, 300, fleet =>
        LinkTopology.Of(fleet.Positions, fleet.Rules).ShouldBe(AllPairs(fleet.Positions, fleet.Rules)));

    [Fact]
    public void Routes_arrive_when_those_of_all_paths_relaxed_over_and_over_do() => Examples.Check(Fleets, 200, fleet =>
    {
        var links = LinkTopology.Of(fleet.Positions, fleet.Rules);
        var routes = GroundRoutes.Of(fleet.Positions, links, Stations, fleet.Rules);
        var expected = Relaxed(fleet.Positions, links, fleet.Rules);
        for (var i = 0; i < routes.Length; i++)
        {
            if (double.IsInfinity(expected[i]))
                routes[i].ShouldBe(GroundRoute.None);
            else
                routes[i].DelaySeconds.ShouldBe(expected[i], 1e-12);
        }
    });

    [Fact]
    public void Following_a_route_leads_to_its_station_in_its_hops() => Examples.Check(Fleets, 100, fleet =>
    {
        var links = LinkTopology.Of(fleet.Positions, fleet.Rules);
        var routes = GroundRoutes.Of(fleet.Positions, links, Stations, fleet.Rules);
        foreach (var (route, start) in routes.Select((r, i) => (r, i)).Where(r => r.r.Station >= 0))
        {
            var (at, hops) = (start, 1);
            for (; routes[at].NextSatellite >= 0; hops++)
            {
                var next = routes[at].NextSatellite;
                links.ShouldContain(l => (l.A == at && l.B == next) || (l.A == next && l.B == at));
                at = next;
            }

            hops.ShouldBe(route.Hops);
            double.RadiansToDegrees(Stations[route.Station].Site.Elevation(fleet.Positions[at])).ShouldBeGreaterThanOrEqualTo(Stations[route.Station].MinElevationDeg);
        }
    });

    [Fact]
    public void A_satellite_whose_propagation_failed_has_neither_links_nor_a_route()
    {
        var example = VerificationTable.Cases.Single(c => c.Elements.NoradId == 28_872);
        var falling = example.Elements;
        var (time, iss) = (falling.Epoch.AddMinutes(example.Next), Examples.Iss with { Epoch = falling.Epoch });
        var batch = new Sgp4Batch([new(falling), new(iss), new(iss with { MeanAnomalyDeg = iss.MeanAnomalyDeg + 1 })]);
        var topology = FleetTopology.At(batch, Stations, new(), time);
        topology.Links.ShouldHaveSingleItem();
        (topology.Links[0].A, topology.Links[0].B).ShouldBe((1, 2));
        topology.Routes[0].ShouldBe(GroundRoute.None);
    }

    private static Vector3d[] Positions(IEnumerable<ElementSet> satellites)
    {
        var gmst = Frames.Gmst(Examples.Epoch);
        return [.. satellites.Select(elements =>
        {
            new Sgp4Propagator(elements).Propagate(Examples.Epoch, out var teme, out _);
            return Frames.ToEarthFixed(teme, gmst);
        })];
    }

    private static List<TopologyLink> AllPairs(Vector3d[] positions, TopologyRules rules)
    {
        var pairs = from a in Enumerable.Range(0, positions.Length)
                    from b in Enumerable.Range(a + 1, positions.Length - a - 1)
                    let range = (positions[b] - positions[a]).Length
                    where range <= rules.MaxRangeKm && IsClear(positions[a], positions[b], rules.ClearanceKm)
                    orderby range, a, b
                    select new TopologyLink(a, b, range);
        var (links, degrees) = (new List<TopologyLink>(), new int[positions.Length]);
        foreach (var pair in pairs.Where(p => degrees[p.A] < rules.LinksPerSatellite && degrees[p.B] < rules.LinksPerSatellite))
        {
            links.Add(pair);
            degrees[pair.A]++;
            degrees[pair.B]++;
        }

        return links;
    }

    /// <summary>By the triangle's height over the line, where the foot of the height lies between the ends.</summary>
    private static bool IsClear(Vector3d a, Vector3d b, double clearanceKm)
    {
        var radius = Wgs84.EquatorialRadiusKm + clearanceKm;
        var line = b - a;
        if (Vector3d.Dot(a, line) >= 0 || Vector3d.Dot(b, line) <= 0)
            return Math.Min(a.Length, b.Length) > radius;
        var cross = new Vector3d((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));
        return cross.Length / line.Length > radius;
    }

    private static double[] Relaxed(Vector3d[] positions, IReadOnlyList<TopologyLink> links, TopologyRules rules)
    {
        double Delay(double km) => (km / 299_792.458) + rules.ProcessingDelaySeconds;
        double[] arrival = [.. positions.Select(p => Stations
            .Where(s => double.RadiansToDegrees(s.Site.Elevation(p)) >= s.MinElevationDeg)
            .Select(s => Delay((p - s.Site.Position).Length)).DefaultIfEmpty(double.PositiveInfinity).Min())];
        for (var round = 0; round < positions.Length; round++)
        {
            foreach (var link in links)
            {
                arrival[link.A] = Math.Min(arrival[link.A], arrival[link.B] + Delay(link.RangeKm));
                arrival[link.B] = Math.Min(arrival[link.B], arrival[link.A] + Delay(link.RangeKm));
            }
        }

        return arrival;
    }
}
