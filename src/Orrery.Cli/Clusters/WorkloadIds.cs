using Orrery.Cli.Runtime;
using Orrery.Client.Clusters;

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
            .Select(item => item.WorkloadId).Where(id => id.StartsWith(text, StringComparison.Ordinal)).ToListAsync(cancellation);
        if (found.Contains(text))
            return text;
        return found.Count switch
        {
            0 => text,
            1 => found[0],
            _ => throw new CommandException(
                ExitCodes.BadInput,
                $"'{text}' may be any of {found.Count} workloads: {string.Join(", ", found.Take(Shown))}{(found.Count > Shown ? ", …" : "")}"),
        };
    }

    public static async Task<List<string>> Resolve(CommandContext context, IEnumerable<string> texts, CancellationToken cancellation)
    {
        var ids = new List<string>();
        foreach (var text in texts)
            ids.Add(await Resolve(context, text, cancellation));
        return ids;
    }

    private static bool IsWhole(string text) =>
        text.Length > SuffixLength + 1 && text[^(SuffixLength + 1)] == '-' && text[^SuffixLength..].All(SuffixLetters.Contains);
}
