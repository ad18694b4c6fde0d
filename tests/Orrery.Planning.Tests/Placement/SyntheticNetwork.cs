using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Tests.Placement;

/// <summary>A small world of random compute profiles and links that open and close.</summary>
internal sealed class SyntheticNetwork : INetwork
{
    public const double End = 4000;

    private readonly ComputeProfile[] profiles;
    private readonly LinkCurve[,] links;
    private readonly double[] memory;

    public SyntheticNetwork(int seed, int satellites)
    {
        var random = new Random(seed);
        profiles = [.. Enumerable.Range(0, satellites).Select(_ => Profile(random))];
        memory = [.. Enumerable.Range(0, satellites).Select(_ => 4.0 + random.Next(12))];
        links = new LinkCurve[satellites + 1, satellites + 1];
        for (var a = 0; a <= satellites; a++)
        {
            for (var b = 0; b <= satellites; b++)
                links[a, b] = new(new([.. Cells(random, 400, 60, 5)]), [new("x", null, 0, End)]);
        }
    }

    public TransferPath? Route(int from, int to, double ready, double mb)
    {
        var path = new TransferPath(ready, mb, []);
        return from == to || mb <= 0 ? path : path.Over(links[from + 1, to + 1], TransferKind.InterSatellite, from, to);
    }

    public ComputeProfile Compute(int satellite) => profiles[satellite];

    public double MemoryMb(int satellite) => memory[satellite];

    public double FullRate(int satellite) => 1;

    private static ComputeProfile Profile(Random random)
    {
        var cells = Cells(random, 60, 300, 1).ToArray();
        return new(new(cells), new([.. cells.Select(cell => cell with { Amount = cell.End - cell.Start })]));
    }

    private static IEnumerable<Cell> Cells(Random random, double gap, double length, double rate)
    {
        for (var time = random.NextDouble() * gap; time < End;)
        {
            var end = time + 1 + (random.NextDouble() * length);
            yield return new(time, end, (end - time) * rate * (0.2 + (0.8 * random.NextDouble())), 0, random.NextDouble() * 0.001);
            time = end + (random.Next(2) * random.NextDouble() * gap);
        }
    }
}
