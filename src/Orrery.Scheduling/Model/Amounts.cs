namespace Orrery.Scheduling;

/// <summary>Arithmetic on limits, where "unlimited" is a number too large to reach and too small to overflow.</summary>
internal static class Amounts
{
    public const long Unlimited = long.MaxValue / 4;
    public const int UnlimitedCards = int.MaxValue / 4;

    public static Resources Of(ResourceLimits limits) => new(
        limits.CpuMillis ?? Unlimited, limits.MemoryBytes ?? Unlimited, limits.Gpus ?? UnlimitedCards, Unlimited);

    public static Resources AddLimits(in Resources left, in Resources right) => new(
        Math.Min(Unlimited, left.CpuMillis + right.CpuMillis),
        Math.Min(Unlimited, left.MemoryBytes + right.MemoryBytes),
        Math.Min(UnlimitedCards, left.Gpus + right.Gpus),
        Unlimited);

    public static Resources Min(in Resources left, in Resources right) => new(
        Math.Min(left.CpuMillis, right.CpuMillis),
        Math.Min(left.MemoryBytes, right.MemoryBytes),
        Math.Min(left.Gpus, right.Gpus),
        Math.Min(left.EphemeralBytes, right.EphemeralBytes));

    /// <summary>The same amounts in those resources where <paramref name="used"/> exceeds <paramref name="limit"/>, none in the others.</summary>
    public static Resources WhereOver(in Resources amounts, in Resources used, in Resources limit) => new(
        used.CpuMillis > limit.CpuMillis ? amounts.CpuMillis : 0,
        used.MemoryBytes > limit.MemoryBytes ? amounts.MemoryBytes : 0,
        used.Gpus > limit.Gpus ? amounts.Gpus : 0);
}
