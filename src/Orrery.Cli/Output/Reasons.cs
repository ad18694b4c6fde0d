using Orrery.Contracts.Workloads;

namespace Orrery.Cli.Output;

internal static class Reasons
{
    /// <summary>Why there is no plan and what would help, with its numbers.</summary>
    public static string Text(PlanReasonView reason) =>
        reason.Numbers.Count == 0
            ? reason.Message
            : $"{reason.Message} ({string.Join(", ", reason.Numbers.Select(n => $"{n.Key} {n.Value:0.###}"))})";
}
