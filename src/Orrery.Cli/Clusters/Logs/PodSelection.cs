using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Logs;

/// <summary>Which pods of a workload a command is about: those of the newest run, unless it says otherwise.</summary>
internal static class PodSelection
{
    public static readonly Option<string?> Rank = new("--rank", "-r") { Description = "Only the pod of this rank", HelpName = "N" };
    public static readonly Option<string?> Pod = new("--pod", "-p") { Description = "Only this pod", HelpName = "ID" };
    public static readonly Option<bool> All = new("--all") { Description = "Pods of earlier runs too" };

    public static List<PodView> Of(ParseResult options, ClusterWorkloadView workload)
    {
        if (options.GetValue(Pod) is { } id)
            return [.. workload.Pods.Where(p => p.PodId == id)];
        var pods = options.GetValue(All) ? PodNumbers.Sorted(workload) : PodNumbers.Newest(workload);
        return [.. pods.Where(p => options.GetValue(Rank) is not { } rank || PodNumbers.Rank(workload, p) == rank)];
    }

    /// <summary>Like <c>[1] </c>, or <c>[2/1] </c> with its run where there are several.</summary>
    public static string Prefix(ParseResult options, ClusterWorkloadView workload, PodView pod)
    {
        var rank = PodNumbers.Rank(workload, pod);
        return options.GetValue(All) ? $"[{PodNumbers.Run(workload, pod)}/{rank}] " : $"[{rank}] ";
    }
}
