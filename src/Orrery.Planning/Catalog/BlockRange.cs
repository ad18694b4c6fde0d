using Orrery.Planning.Timeline;

namespace Orrery.Planning.Catalog;

/// <summary>Whole blocks of UTC that cover a time; plans that start seconds apart have the same blocks.</summary>
/// <param name="First">Number of the first block since 1970.</param>
/// <param name="Count">How many blocks.</param>
internal readonly record struct BlockRange(long First, int Count)
{
    public const double BlockS = 6 * 3600;

    public double Start => First * BlockS;

    public double End => (First + Count) * BlockS;

    public static BlockRange Cover(double start, double end)
    {
        var first = (long)Math.Floor(start / BlockS);
        return new(first, (int)Math.Max(1, (long)Math.Ceiling(end / BlockS) - first));
    }

    public static long BlockOf(double time) => (long)Math.Floor(time / BlockS);

    public static DateTimeOffset StartOf(long block) => Instant.At(block * BlockS);
}
