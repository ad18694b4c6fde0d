namespace Orrery.Cli.Examples;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every machine and version.</summary>
internal sealed class SplitMix(ulong seed)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;
    private const double Scale = 1.0 / (1UL << 53);

    private ulong state = seed;

    /// <summary>Evenly between the bounds, the upper one excluded.</summary>
    public double Between(double from, double to) => from + ((to - from) * ((Next() >> 11) * Scale));

    private ulong Next()
    {
        var z = state += Increment;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
