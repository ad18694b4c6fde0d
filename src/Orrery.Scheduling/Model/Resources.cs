namespace Orrery.Scheduling;

/// <summary>An amount of what nodes offer and jobs ask for.</summary>
/// <param name="CpuMillis">Thousandths of a core.</param>
/// <param name="MemoryBytes">Bytes.</param>
/// <param name="Gpus">Whole cards.</param>
/// <param name="EphemeralBytes">Bytes of scratch space; counted only where both the job asks for some and the node states some.</param>
public readonly record struct Resources(long CpuMillis, long MemoryBytes, int Gpus, long EphemeralBytes = 0)
{
    public static Resources operator +(Resources left, Resources right) => new(
        left.CpuMillis + right.CpuMillis,
        left.MemoryBytes + right.MemoryBytes,
        left.Gpus + right.Gpus,
        left.EphemeralBytes + right.EphemeralBytes);

    public static Resources operator -(Resources left, Resources right) => new(
        left.CpuMillis - right.CpuMillis,
        left.MemoryBytes - right.MemoryBytes,
        left.Gpus - right.Gpus,
        left.EphemeralBytes - right.EphemeralBytes);

    public static Resources operator *(Resources left, int count) => new(
        left.CpuMillis * count, left.MemoryBytes * count, left.Gpus * count, left.EphemeralBytes * count);

    public static Resources Add(Resources left, Resources right) => left + right;

    public static Resources Subtract(Resources left, Resources right) => left - right;

    public static Resources Multiply(Resources left, int count) => left * count;

    /// <summary>No resource of this exceeds that of <paramref name="room"/>.</summary>
    public bool FitsIn(in Resources room) =>
        CpuMillis <= room.CpuMillis && MemoryBytes <= room.MemoryBytes && Gpus <= room.Gpus && EphemeralBytes <= room.EphemeralBytes;

    /// <summary>How often this fits into <paramref name="room"/>, at most <paramref name="limit"/>; a resource not asked for never limits.</summary>
    public int CountIn(in Resources room, int limit)
    {
        if (!FitsIn(room) || limit <= 0)
            return 0;
        if (limit == 1)
            return 1;
        long count = limit;
        if (CpuMillis > 0)
            count = Math.Min(count, room.CpuMillis / CpuMillis);
        if (MemoryBytes > 0)
            count = Math.Min(count, room.MemoryBytes / MemoryBytes);
        if (Gpus > 0)
            count = Math.Min(count, room.Gpus / Gpus);
        if (EphemeralBytes > 0)
            count = Math.Min(count, room.EphemeralBytes / EphemeralBytes);
        return (int)count;
    }
}
