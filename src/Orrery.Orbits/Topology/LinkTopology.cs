namespace Orrery.Orbits;

/// <summary>The inter-satellite links of a fleet at one time: the shortest possible link first, while both ends have one to give.</summary>
/// <remarks>
/// Of two links of equal length the one with the lower indices comes first. Pairs are looked at in shells of growing distance, in a grid of cubes
/// as wide as the shell; satellites that have all their links leave the grid, so that far pairs are looked at for the few that still lack some.
/// </remarks>
public static class LinkTopology
{
    /// <summary>Distance of the first shell, km. Chosen: a few neighbours in a dense constellation; it changes the speed only.</summary>
    private const double FirstShellKm = 300;

    private const double Growth = 1.6;

    /// <summary>The links, in the order in which they were made.</summary>
    /// <param name="positions">km from the Earth's centre, one frame for all; a satellite at the centre (its propagation failed) has no links.</param>
    /// <param name="rules">The rules.</param>
    public static IReadOnlyList<TopologyLink> Of(IReadOnlyList<Vector3d> positions, TopologyRules rules)
    {
        var free = new int[positions.Count];
        Array.Fill(free, rules.LinksPerSatellite);
        var links = new List<TopologyLink>(positions.Count * rules.LinksPerSatellite / 2);
        var pairs = new List<TopologyLink>();
        var radius = Wgs84.EquatorialRadiusKm + rules.ClearanceKm;
        var (above, atMost) = (-1.0, Math.Min(FirstShellKm, rules.MaxRangeKm));
        while (above < rules.MaxRangeKm)
        {
            var open = Enumerable.Range(0, positions.Count).Where(i => free[i] > 0 && positions[i] != default).ToList();
            if (open.Count < 2)
                break;
            pairs.Clear();
            new CellGrid(positions, open, atMost).AddPairs(above, atMost, pairs);
            pairs.Sort(ByRange);
            foreach (var pair in pairs)
            {
                if (free[pair.A] == 0 || free[pair.B] == 0 || !LineOfSight.IsClear(positions[pair.A], positions[pair.B], radius))
                    continue;
                free[pair.A]--;
                free[pair.B]--;
                links.Add(pair);
            }

            (above, atMost) = (atMost, Math.Min(atMost * Growth, rules.MaxRangeKm));
        }

        return links;
    }

    private static int ByRange(TopologyLink a, TopologyLink b)
    {
        var order = a.RangeKm.CompareTo(b.RangeKm);
        if (order != 0)
            return order;
        return a.A != b.A ? a.A.CompareTo(b.A) : a.B.CompareTo(b.B);
    }
}
