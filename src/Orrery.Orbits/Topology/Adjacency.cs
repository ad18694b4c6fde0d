namespace Orrery.Orbits;

/// <summary>Links by satellite, in two flat arrays.</summary>
internal sealed class Adjacency
{
    private readonly int[] first;
    private readonly (int Other, double RangeKm)[] ends;

    private Adjacency(int[] first, (int Other, double RangeKm)[] ends) => (this.first, this.ends) = (first, ends);

    public static Adjacency Of(int satellites, IReadOnlyList<TopologyLink> links)
    {
        var first = new int[satellites + 1];
        foreach (var link in links)
        {
            first[link.A + 1]++;
            first[link.B + 1]++;
        }

        for (var i = 0; i < satellites; i++)
            first[i + 1] += first[i];
        var next = first[..satellites];
        var ends = new (int, double)[2 * links.Count];
        foreach (var link in links)
        {
            ends[next[link.A]++] = (link.B, link.RangeKm);
            ends[next[link.B]++] = (link.A, link.RangeKm);
        }

        return new(first, ends);
    }

    public ReadOnlySpan<(int Other, double RangeKm)> Of(int satellite) => ends.AsSpan(first[satellite]..first[satellite + 1]);
}
