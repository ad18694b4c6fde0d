using Orrery.Cli.Output;
using Orrery.Contracts.Deployments;

namespace Orrery.Cli.Watching;

/// <summary>Events in a few words.</summary>
internal static class EventPhrase
{
    private static readonly string[] OwnTypes = ["workload.", "stage.", "deployment.", "cluster_workload."];

    /// <summary>An agent reported it; its time is the mission's.</summary>
    public static bool IsReported(EventView happened) => !OwnTypes.Any(prefix => happened.EventType.StartsWith(prefix));

    /// <summary>It moves a step forward and changes no status.</summary>
    public static bool IsProgress(EventView happened) =>
        IsReported(happened) && happened.EventType is not ("job.accepted" or "job.completed" or "job.failed" or "constellation.failover");

    /// <summary>Like <c>transfer-0 25544 → 48274 50 % over isl-25544-48274</c>.</summary>
    public static string Now(EventView happened)
    {
        var words = new List<string> { happened.StepId ?? happened.EventType };
        if (PayloadText.Text(happened.Payload, "from") is { } from && PayloadText.Text(happened.Payload, "to") is { } to)
            words.Add($"{from} → {to}");
        if (PayloadText.Text(happened.Payload, "percent") is { } percent)
            words.Add($"{percent} %");
        else if (happened.StepId is not null)
            words.Add(happened.EventType[(happened.EventType.LastIndexOf('.') + 1)..].Replace('_', ' '));
        if (PayloadText.Text(happened.Payload, "contact") is { Length: > 0 } contact)
            words.Add($"over {contact}");
        return string.Join(' ', words);
    }
}
