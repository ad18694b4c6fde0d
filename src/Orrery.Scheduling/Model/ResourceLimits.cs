namespace Orrery.Scheduling;

/// <summary>Upper limits; null means unlimited.</summary>
/// <param name="CpuMillis">Thousandths of a core.</param>
/// <param name="MemoryBytes">Bytes.</param>
/// <param name="Gpus">Whole cards.</param>
public sealed record ResourceLimits(long? CpuMillis, long? MemoryBytes, int? Gpus)
{
    public static ResourceLimits Unlimited { get; } = new(null, null, null);

    public static ResourceLimits None { get; } = new(0, 0, 0);
}
