using System.Globalization;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Views;

/// <summary>Run and rank of a pod, from its id <c>&lt;workloadId&gt;-&lt;run&gt;-&lt;rank&gt;</c>.</summary>
internal static class PodNumbers
{
    /// <summary>From 1; 0 when the id does not say.</summary>
    public static int Run(ClusterWorkloadView workload, PodView pod) => Part(workload, pod, 0) ?? 0;

    /// <summary>What to call it among its run's pods.</summary>
    public static string Rank(ClusterWorkloadView workload, PodView pod) =>
        pod.Rank.Length > 0 ? pod.Rank : Part(workload, pod, 1)?.ToString(CultureInfo.InvariantCulture) ?? pod.PodId;

    /// <summary>The pods of the newest run, by rank.</summary>
    public static List<PodView> Newest(ClusterWorkloadView workload)
    {
        var newest = workload.Pods.Select(p => Run(workload, p)).DefaultIfEmpty().Max();
        return [.. Sorted(workload).Where(p => Run(workload, p) == newest)];
    }

    /// <summary>By run, then by rank.</summary>
    public static IEnumerable<PodView> Sorted(ClusterWorkloadView workload) => workload.Pods
        .OrderBy(p => Run(workload, p)).ThenBy(p => Part(workload, p, 1) ?? int.MaxValue).ThenBy(p => p.PodId, StringComparer.Ordinal);

    private static int? Part(ClusterWorkloadView workload, PodView pod, int index)
    {
        var prefix = workload.WorkloadId + "-";
        if (!pod.PodId.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        var parts = pod.PodId[prefix.Length..].Split('-');
        return parts.Length == 2 && int.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
