using System.Globalization;
using Orrery.Contracts.Runs;
using Orrery.Node.Pods;
using Orrery.Server.Clusters.Backends.Kubernetes.Files;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>Where a run stands whose ranks are pods that were made one by one: they start together and end together.</summary>
internal static class JobReader
{
    public static int RankOf(K8s.Pod pod) => Marks.Number(pod.Label(Marks.Rank));

    /// <summary>How many ranks the run has; 0: nothing tells.</summary>
    public static int WorldSize(TrackedWorkload workload)
    {
        var run = workload.Run;
        if (workload.Wanted is { } wanted && wanted.Run == run)
            return wanted.Replicas.Count;
        return workload.Pods.Values.Where(pod => pod.RunOf() == run).Select(pod => Marks.Number(pod.Note(Marks.WorldSize))).FirstOrDefault();
    }

    /// <summary>Why the run has failed; null: it has not.</summary>
    public static string? Failure(TrackedWorkload workload)
    {
        if (workload.Refused is { } refused)
            return refused;
        var pods = Pods(workload);
        if (FirstFailure(pods) is { } failure)
            return failure;
        return IsMade(workload) && Missing(workload, pods) is { } rank ? $"rank {rank}: {PodReader.DeletedByOthers}" : null;
    }

    /// <summary>How the first that failed did; null: none has.</summary>
    public static string? FirstFailure(IEnumerable<PodStatus> pods) =>
        pods.Where(pod => pod.Phase == PodPhases.Failed && pod.Message != PodReader.AnotherFailed).OrderBy(pod => pod.EndTime).ThenBy(pod => pod.Rank).FirstOrDefault() is { } failed ? Tell(failed) : null;

    public static RunStatus Read(TrackedWorkload workload)
    {
        var pods = Pods(workload);
        var size = WorldSize(workload);
        var (phase, message) = Phase(workload, pods, size);
        return new RunStatus
        {
            WorkloadId = workload.Id,
            Run = workload.Run,
            Phase = phase,
            Message = message,
            Pods = pods,
            IsPartial = workload.Wanted is null && !RunPhases.IsEnd(phase) && (!IsMade(workload) || workload.Pods.Values.Any(pod => pod.AwaitsFiles())),
        };
    }

    /// <summary>Pods of the newest run, those that are gone too.</summary>
    public static IReadOnlyList<PodStatus> Pods(TrackedWorkload workload)
    {
        var run = workload.Run;
        var live = workload.Pods.Values.Where(pod => pod.RunOf() == run).Select(pod => PodReader.Status(workload, pod, KubeflowReader.RankOf(pod) ?? RankOf(pod))).ToList();
        var gone = workload.Gone.Values.Where(pod => pod.Run == run && !live.Exists(one => one.PodId == pod.PodId));
        return [.. live.Concat(gone).OrderBy(pod => pod.Rank)];
    }

    private static (string Phase, string Message) Phase(TrackedWorkload workload, IReadOnlyList<PodStatus> pods, int size)
    {
        var isAlive = workload.Pods.Values.Any(pod => !pod.IsOver());
        var hasStarted = pods.Count == size && size > 0 && pods.All(pod => pod.StartTime is not null);
        if (Failure(workload) is { } why)
            return isAlive ? (hasStarted ? RunPhases.Running : RunPhases.Pending, $"{why}; the others are ended") : (RunPhases.Failed, why);
        if (pods.Count == size && size > 0 && pods.All(pod => pod.Phase == PodPhases.Succeeded))
            return (RunPhases.Succeeded, "");
        return hasStarted ? (RunPhases.Running, "") : (RunPhases.Pending, workload.FilesProblem ?? pods.Select(pod => pod.Message).FirstOrDefault(text => text.Length > 0) ?? "");
    }

    /// <summary>Every rank was made: here, or as rank 0 says.</summary>
    private static bool IsMade(TrackedWorkload workload)
    {
        if (workload.Wanted is { } wanted && wanted.Run == workload.Run)
            return wanted.Replicas.All(replica => workload.Sent.Contains(new ObjectRef("pods", replica.PodId)));
        var size = WorldSize(workload);
        var zero = workload.Pods.Values.FirstOrDefault(pod => pod.RunOf() == workload.Run && RankOf(pod) == 0);
        return zero is null ? size > 0 : size == 1 || zero.Note(Marks.Complete) is not null; // the others are made after rank 0
    }

    private static string? Missing(TrackedWorkload workload, IReadOnlyList<PodStatus> pods)
    {
        var unseen = workload.Wanted is { } wanted ? wanted.Replicas.Where(replica => workload.Sent.Contains(new ObjectRef("pods", replica.PodId))).Select(replica => replica.Rank).ToHashSet() : [];
        for (var rank = 0; rank < WorldSize(workload); rank++)
        {
            if (!unseen.Contains(rank) && !pods.Any(pod => pod.Rank == rank))
                return rank.ToString(CultureInfo.InvariantCulture);
        }
        return null;
    }

    private static string Tell(PodStatus pod) => string.Create(CultureInfo.InvariantCulture, $"rank {pod.Rank}{What(pod)}");

    private static string What(PodStatus pod) => pod.Reason switch
    {
        PodEnd.OutOfMemory => " was killed for want of memory",
        PodEnd.Hung => $" hung: {pod.Message}",
        PodEnd.Evicted => $" was evicted: {pod.Message}",
        PodEnd.StartFailed or PodEnd.NodeRestarted or PodEnd.Stopped => $": {pod.Message}",
        _ => $" {PodEnd.Describe(pod.ExitCode ?? PodEnd.Killed)}",
    };
}
