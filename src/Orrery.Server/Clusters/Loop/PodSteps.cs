using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Carries what a backend shows of pods into their rows.</summary>
internal static class PodSteps
{
    public static void Observe(WorkloadChange change, WorkloadEntry entry)
    {
        if (entry.Status is not { } status)
            return;
        foreach (var pod in status.Pods)
        {
            var row = Row(change.Before.Id, pod);
            if (!entry.Pods.TryGetValue((row.Run, row.Rank), out var known) || known != row)
                change.Pods.Add(row);
        }
    }

    public static ClusterPodRow Admitted(string workloadId, int run, int rank, string node) => new()
    {
        WorkloadId = workloadId,
        Run = run,
        Rank = rank,
        PodId = PodId(workloadId, run, rank),
        Node = node,
        Phase = PodPhases.Pending,
    };

    public static string PodId(string workloadId, int run, int rank) => $"{workloadId}-{run}-{rank}";

    private static ClusterPodRow Row(string workloadId, PodStatus pod) => new()
    {
        WorkloadId = workloadId,
        Run = pod.Run,
        Rank = pod.Rank,
        PodId = pod.PodId,
        Node = pod.NodeName,
        Phase = pod.Phase,
        StartedAt = Whole(pod.StartTime),
        EndedAt = Whole(pod.EndTime),
        HostIp = pod.HostIp,
        PodIp = pod.PodIp,
        ExitCode = pod.ExitCode,
        Reason = pod.Reason,
        Message = pod.Message,
    };

    /// <summary>The database keeps microseconds; what came from it must equal what it was made of.</summary>
    private static DateTimeOffset? Whole(DateTimeOffset? time) =>
        time is { } known ? new DateTimeOffset(known.UtcTicks - (known.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero) : null;
}
