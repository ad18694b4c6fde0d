using System.Globalization;
using Orrery.Contracts.Runs;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>Tells where a workload stands, whatever its kind.</summary>
internal static class WorkloadReader
{
    public static RunStatus Read(TrackedWorkload workload, DateTimeOffset now, TimeSpan unplaceableAfter)
    {
        var isService = WorkloadKinds.IsService(workload.Kind);
        var status = isService ? ServiceReader.Read(workload) : IsKubeflow(workload) ? KubeflowReader.Read(workload) : JobReader.Read(workload);
        return status with
        {
            ServiceAddress = Address(workload),
            Unplaceable = status.Phase == RunPhases.Pending ? Unplaceable(workload, now, unplaceableAfter) : null,
        };
    }

    /// <summary>The operator runs it, or ran it.</summary>
    public static bool IsKubeflow(TrackedWorkload workload) => workload.Jobs.Count > 0 || workload.Sent.Any(item => item.Plural == "pytorchjobs") || workload.Pods.Values.Any(pod => KubeflowReader.RankOf(pod) is not null);

    public static int? RankOf(TrackedWorkload workload, K8s.Pod pod) =>
        WorkloadKinds.IsService(workload.Kind) ? ServiceReader.RankOf(workload, pod) : KubeflowReader.RankOf(pod) ?? JobReader.RankOf(pod);

    /// <summary>When the first pod that finds no node has waited long enough; null: none waits.</summary>
    public static DateTimeOffset? GivesUpAt(TrackedWorkload workload, TimeSpan after) =>
        workload.Pods.Values.Select(pod => pod.Unscheduled()?.LastTransitionTime ?? (pod.Unscheduled() is null ? null : pod.Metadata.CreationTimestamp)).Min() + after;

    private static string? Unplaceable(TrackedWorkload workload, DateTimeOffset now, TimeSpan after)
    {
        if (GivesUpAt(workload, after) is not { } limit || now < limit)
            return null;
        var pod = workload.Pods.Values.First(pod => pod.Unscheduled() is not null);
        return string.Create(CultureInfo.InvariantCulture, $"{pod.Metadata.Name} found no node for {after.TotalSeconds:0} s ({pod.Unscheduled()!.Message})");
    }

    private static string? Address(TrackedWorkload workload) =>
        workload.Services.GetValueOrDefault(workload.Id)?.Spec is { ClusterIp: { Length: > 0 } address, Ports: [var port, ..] } && address != "None"
            ? string.Create(CultureInfo.InvariantCulture, $"{address}:{port.Port}")
            : null;
}
