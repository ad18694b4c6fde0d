using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Client.Clusters;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters;

/// <summary>Ids as people type them: whole, or a beginning that only one has.</summary>
internal static class WorkloadIds
{
    private const int SuffixLength = 5;
    private const int Shown = 5;

    /// <summary>What every id ends with, behind a '-'.</summary>
    private const string SuffixLetters = "bcdfghjklmnpqrstvwxz2456789";

    /// <exception cref="CommandException">Several begin so.</exception>
    public static async Task<string> Resolve(CommandContext context, string text, CancellationToken cancellation)
    {
        if (IsWhole(text))
            return text;
        var query = new ClusterWorkloadQuery { WorkloadId = text };
        var found = await context.Client.Clusters.Workloads.List(query, cancellation)
            .Where(item => item.WorkloadId.StartsWith(text, StringComparison.Ordinal)).ToListAsync(cancellation);
        if (found.Exists(item => item.WorkloadId == text))
            return text;
        return found.Count switch
        {
            0 => text,
            1 => found[0].WorkloadId,
            _ => throw new CommandException(ExitCodes.BadInput, $"'{text}' may be any of {found.Count} workloads:{Candidates(found, context.Terminal.Clock.GetUtcNow())}"),
        };
    }

    public static async Task<List<string>> Resolve(CommandContext context, IEnumerable<string> texts, CancellationToken cancellation)
    {
        var ids = new List<string>();
        foreach (var text in texts)
            ids.Add(await Resolve(context, text, cancellation));
        return ids;
    }

    /// <summary>Newest first, with what tells them apart.</summary>
    private static string Candidates(List<ClusterWorkloadItem> found, DateTimeOffset now)
    {
        var lines = found.Take(Shown).Select(item => $"\n  {item.WorkloadId}  {item.Phase}, {Format.Age(item.CreationTime, now)} old");
        return string.Concat(lines) + (found.Count > Shown ? "\n  …" : "");
    }

    private static bool IsWhole(string text) =>
        text.Length > SuffixLength + 1 && text[^(SuffixLength + 1)] == '-' && text[^SuffixLength..].All(SuffixLetters.Contains);
}
