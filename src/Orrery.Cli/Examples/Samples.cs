namespace Orrery.Cli.Examples;

/// <summary>A made-up task: is a point of the plane inside a ring? Each sample depends on the seed and its number alone.</summary>
internal static class Samples
{
    private const double Inner = 0.5;
    private const double Outer = 1.2;
    private const double HalfWidth = 1.5;

    /// <summary>A rank's share: every sample belongs to one rank.</summary>
    public static IEnumerable<Sample> Of(int seed, int count, int rank, int size)
    {
        for (var number = rank; number < count; number += size)
            yield return One(seed, number);
    }

    private static Sample One(int seed, int number)
    {
        var random = new SplitMix(((ulong)(uint)seed << 32) | (uint)number);
        var x = random.Between(-HalfWidth, HalfWidth);
        var y = random.Between(-HalfWidth, HalfWidth);
        var radius = Math.Sqrt((x * x) + (y * y));
        return new Sample(x, y, radius is > Inner and < Outer ? 1 : 0);
    }
}

/// <summary>A point and whether it is inside (1) or not (0).</summary>
internal readonly record struct Sample(double X, double Y, double Label);
