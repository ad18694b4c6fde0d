namespace Orrery.Orbits;

/// <summary>Links by satellite, in two flat arrays.</summary>
internal sealed class Adjacency
{
    private readonly int[] first;
    private readonly (int Other, double RangeKm)[] ends;

    private Adjacency(int[] first, (int Other, double RangeKm)[] ends) => (this.first, this.ends) = (first, ends);

    public static Adjacency Of(int satellites, IReadOnlyList<TopologyLink> links)
    {
        var begin = new int[satellites + 1];
        foreach (var link in links)
        {
            begin[link.A + 1]++;
            begin[link.B + 1]++;
        }

        for (var i = 0; i < satellites; i++)
            begin[i + 1] += begin[i];
        var next = begin[..satellites];
        var flat = new (int, double)[2 * links.Count];
        foreach (var link in links)
        {
            flat[next[link.A]++] = (link.B, link.RangeKm);
            flat[next[link.B]++] = (link.A, link.RangeKm);
        }

        return new(begin, flat);
    }

    public ReadOnlySpan<(int Other, double RangeKm)> Of(int satellite) => ends.AsSpan(first[satellite]..first[satellite + 1]);
}
