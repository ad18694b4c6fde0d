using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Views;

/// <summary>Amounts of resources in a few words.</summary>
internal static class AmountText
{
    public static string FreeOf(string? free, string? capacity) => $"{free ?? "0"} of {capacity ?? "0"}";

    /// <summary>Like <c>cpu 4, memory 8Gi</c>; <paramref name="none"/> when nothing is limited.</summary>
    public static string Of(ResourceAmounts amounts, string none)
    {
        var parts = new[] { ("cpu", amounts.Cpu), ("memory", amounts.Memory), ("gpu", amounts.Gpu) }
            .Where(part => !string.IsNullOrEmpty(part.Item2)).Select(part => $"{part.Item1} {part.Item2}").ToList();
        return parts.Count > 0 ? string.Join(", ", parts) : none;
    }
}
