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
        foreach (var gone in entry.Pods.Values.Where(pod => IsGone(pod, status)).ToList())
            change.Pods.Add(gone with { Phase = PodPhases.Failed, EndedAt = Whole(change.Now), Reason = "Stopped", Message = gone.Run < status.Run ? "replaced" : "removed" });
    }

    /// <summary>Shown before, and not any more: a backend need not tell each step of what an update replaces.</summary>
    private static bool IsGone(ClusterPodRow pod, RunStatus status) =>
        pod.Phase is not (PodPhases.Succeeded or PodPhases.Failed) && pod.EndedAt is null &&
        (pod.Run < status.Run || (status.Phase == RunPhases.Removed && pod.Run == status.Run)) &&
        !status.Pods.Any(shown => shown.Run == pod.Run && shown.Rank == pod.Rank);

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
        Restarts = pod.Restarts,
    };

    /// <summary>The database keeps microseconds; what came from it must equal what it was made of.</summary>
    private static DateTimeOffset? Whole(DateTimeOffset? time) =>
        time is { } known ? new DateTimeOffset(known.UtcTicks - (known.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero) : null;
}
