using System.Text.Json.Nodes;
using Orrery.Cli.Output;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Views;

/// <summary>What <c>create</c> would do, in a few lines.</summary>
internal static class PreviewText
{
    /// <param name="output">Where to.</param>
    /// <param name="name">What the workload is called.</param>
    /// <param name="workload">What would be sent.</param>
    /// <param name="first">Workloads of the same file that it waits for.</param>
    /// <param name="preview">The server's answer.</param>
    public static void Write(TextWriter output, string name, JsonObject workload, IReadOnlyList<string> first, ClusterPreviewResponse preview)
    {
        output.WriteLine($"{name}: {Verdict(workload, first, preview)}");
        foreach (var (field, messages) in preview.Errors)
        {
            foreach (var message in messages)
                output.WriteLine($"  {field}: {message}");
        }
        if (preview.Wait is { } queued)
        {
            if (queued.Order > 0)
                output.WriteLine($"  in queue: place {queued.Order}{(queued.Ahead.Count > 0 ? $", behind {string.Join(", ", queued.Ahead)}" : "")}");
            output.WriteLine($"  expected start: {(preview.ExpectedStart.Length > 0 ? Format.Time(preview.ExpectedStart) : "not known")}");
        }
        foreach (var warning in preview.Warnings)
            output.WriteLine($"  warning: {warning}");
    }

    private static string Verdict(JsonObject workload, IReadOnlyList<string> first, ClusterPreviewResponse preview) => preview switch
    {
        { Valid: false } => "invalid",
        { Wait: { } wait } => $"valid, waits for {wait.Code}: {wait.Message}",
        _ when Schedule(workload) is { } schedule => $"valid, runs at '{schedule}' (UTC)",
        _ when first.Count > 0 => $"valid, starts when {string.Join(" and ", first)} {(first.Count == 1 ? "has" : "have")} succeeded",
        _ => $"valid, starts at once on {string.Join(", ", preview.Nodes)}",
    };

    private static string? Schedule(JsonObject workload) => (workload["cronJobs"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault()?["schedule"]?.ToString();
}
