using System.Globalization;

namespace Orrery.Scheduling;

/// <summary>Amounts as Kubernetes writes them.</summary>
internal static class Quantity
{
    private const long Kibi = 1L << 10;
    private const long Mebi = 1L << 20;
    private const long Gibi = 1L << 30;

    /// <summary>"4 cpu, 8Gi memory, 1 gpu"; cards are left out where there are none, scratch space where it is not asked for.</summary>
    public static string Asked(in Resources amount) =>
        $"{Cpu(amount.CpuMillis)} cpu, {Bytes(amount.MemoryBytes)} memory"
        + (amount.Gpus > 0 ? $", {amount.Gpus} gpu" : "")
        + (amount.EphemeralBytes > 0 ? $", {Bytes(amount.EphemeralBytes)} ephemeral storage" : "");

    /// <summary>The same resources as those asked for: "2 cpu, 30Gi memory, 0 gpu".</summary>
    public static string Like(in Resources amount, in Resources asked) =>
        $"{Cpu(amount.CpuMillis)} cpu, {Bytes(amount.MemoryBytes)} memory"
        + (asked.Gpus > 0 ? $", {amount.Gpus} gpu" : "")
        + (asked.EphemeralBytes > 0 && amount.EphemeralBytes < Amounts.Unlimited / 2 ? $", {Bytes(amount.EphemeralBytes)} ephemeral storage" : "");

    public static string Gang(Shape shape) => shape.Replicas == 1 ? Asked(shape.Request) : $"{shape.Replicas} × ({Asked(shape.Request)})";

    public static string Cpu(long millis) => millis >= Amounts.Unlimited / 2 ? "unlimited"
        : millis % 1000 == 0 ? (millis / 1000).ToString(CultureInfo.InvariantCulture)
        : $"{millis}m";

    /// <summary>Whole gibibytes where they come out even, otherwise mebibytes rounded down.</summary>
    public static string Bytes(long bytes)
    {
        if (bytes >= Amounts.Unlimited / 2)
            return "unlimited";
        if (bytes % Gibi == 0)
            return bytes == 0 ? "0" : $"{bytes / Gibi}Gi";
        return Math.Abs(bytes) >= Mebi ? $"{bytes / Mebi}Mi" : Math.Abs(bytes) >= Kibi ? $"{bytes / Kibi}Ki" : bytes.ToString(CultureInfo.InvariantCulture);
    }

    public static string Cards(int cards) => cards >= Amounts.UnlimitedCards / 2 ? "unlimited" : cards.ToString(CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
