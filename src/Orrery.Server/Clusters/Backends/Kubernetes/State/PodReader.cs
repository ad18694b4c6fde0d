using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Node.Pods;
using Orrery.Server.Clusters.Backends.Kubernetes.Files;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;
using PodStatus = Orrery.Contracts.Runs.PodStatus;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>Reads where pods stand.</summary>
internal static class PodReader
{
    public const string AnotherFailed = "another rank failed";
    public const string JobEnded = "its job had ended";
    public const string DeletedByOthers = "its pod was deleted by someone else";
    private const string IsTrue = "True";
    private static readonly int[] EndedBySignal = [128 + 9, 128 + 15];

    /// <summary>Its program has ended for good, whether or not what it left is still kept.</summary>
    public static bool IsOver(this K8s.Pod pod) => Phase(pod) is PodPhases.Succeeded or PodPhases.Failed;

    public static bool IsDeleting(this K8s.Pod pod) => pod.Metadata.DeletionTimestamp is not null;

    public static bool IsReady(this K8s.Pod pod) => !pod.IsDeleting() && pod.Status?.Conditions?.Exists(one => one is { Type: "Ready", Status: IsTrue }) == true;

    /// <summary>The container of the user's program; others may have been put beside it.</summary>
    public static string? MainName(this K8s.Pod pod) =>
        (pod.Spec?.Containers.Find(one => one.Name is PodBuilder.Container or KubeflowObjects.Container) ?? pod.Spec?.Containers.FirstOrDefault())?.Name;

    public static ContainerStatus? Main(this K8s.Pod pod) => pod.MainName() is { } name ? pod.Status?.ContainerStatuses?.Find(one => one.Name == name) : null;

    /// <summary>Why no node takes it; null: it has one, or nobody has looked yet.</summary>
    public static Condition? Unscheduled(this K8s.Pod pod) =>
        pod.Spec?.NodeName is null ? pod.Status?.Conditions?.Find(one => one is { Type: "PodScheduled", Status: "False" }) : null;

    public static PodStatus Status(TrackedWorkload workload, K8s.Pod pod, int rank)
    {
        var uid = pod.Metadata.Uid ?? "";
        var main = pod.Main();
        var ended = main?.State?.Terminated ?? main?.LastState?.Terminated;
        var isUnhealthy = ended is not null && workload.Unhealthy.Contains(uid) && Array.IndexOf(EndedBySignal, ended.ExitCode) >= 0;
        var status = new PodStatus
        {
            PodId = ObjectNames.PodId(workload.Id, pod.RunOf(), rank),
            Run = pod.RunOf(),
            Rank = rank,
            NodeName = pod.Spec?.NodeName ?? WantedNode(workload, pod, rank),
            Phase = Phase(pod),
            Ready = pod.IsReady(),
            StartTime = main?.State?.Running?.StartedAt ?? ended?.StartedAt ?? (pod.IsOver() ? pod.Status?.StartTime : null),
            EndTime = pod.IsOver() ? ended?.FinishedAt ?? pod.Status?.StartTime : null,
            HostIp = pod.Status?.HostIp ?? "",
            PodIp = pod.Status?.PodIp ?? "",
            ExitCode = ended?.ExitCode,
            Reason = isUnhealthy ? PodEnd.Unhealthy : PlainText.Of(Reason(pod, ended)),
            Message = PlainText.Of(Message(pod, main, ended)),
            Restarts = main?.RestartCount ?? 0,
        };
        return pod.IsOver() && pod.IsDeleting() && WhyDeleted(workload, uid) is { } why && !WorkloadKinds.IsService(workload.Kind)
            ? status with { Phase = PodPhases.Failed, Reason = why.Reason, Message = why.Message }
            : status;
    }

    /// <summary>How a pod stands whose object has just gone.</summary>
    public static PodStatus Gone(TrackedWorkload workload, K8s.Pod pod, int rank, DateTimeOffset now)
    {
        var uid = pod.Metadata.Uid ?? "";
        var last = Status(workload, pod, rank) with { Ready = false };
        if (pod.IsOver() && (!pod.IsDeleting() || WhyDeleted(workload, uid) is null))
            return last;
        var (reason, message) = WhyDeleted(workload, uid) ?? (PodEnd.Stopped, DeletedByOthers);
        return last with { Phase = PodPhases.Failed, EndTime = last.EndTime ?? (now > last.StartTime ? now : last.StartTime ?? now), Reason = reason, Message = message };
    }

    /// <summary>Null: it had ended before it was deleted, or nobody has deleted it.</summary>
    private static (string Reason, string Message)? WhyDeleted(TrackedWorkload workload, string uid)
    {
        if (workload.Hung.TryGetValue(uid, out var hung))
            return (PodEnd.Hung, hung);
        if (workload.Ended.Contains(uid))
            return (PodEnd.Stopped, AnotherFailed);
        return workload.Taken.Contains(uid) ? (PodEnd.Stopped, DeletedByOthers) : null;
    }

    /// <summary>What is kept of a program that has ended does not make it live; one that was evicted has failed, however politely its program left.</summary>
    private static string Phase(K8s.Pod pod) =>
        pod.HasKeeper() && pod.Status is not { Phase: PodPhases.Failed, Reason.Length: > 0 } && pod.Main()?.State?.Terminated is { } ended ? (ended.ExitCode == 0 ? PodPhases.Succeeded : PodPhases.Failed) : pod.Status?.Phase ?? PodPhases.Pending;

    private static string WantedNode(TrackedWorkload workload, K8s.Pod pod, int rank) =>
        workload.Wanted is { } wanted && wanted.Run == pod.RunOf() ? wanted.Replicas.FirstOrDefault(replica => replica.Rank == rank)?.NodeName ?? "" : "";

    private static string Reason(K8s.Pod pod, ContainerStateTerminated? ended) => pod.Status?.Reason switch
    {
        "Evicted" => PodEnd.Evicted,
        "NodeLost" or "NodeShutdown" or "Shutdown" or "Terminated" => PodEnd.NodeRestarted,
        _ => ended?.Reason switch
        {
            null => pod.GiverStatus()?.State?.Terminated is { ExitCode: not 0 } ? PodEnd.StartFailed : "",
            "ContainerCannotRun" or "StartError" => PodEnd.StartFailed,
            var known => known,
        },
    };

    private static string Message(K8s.Pod pod, ContainerStatus? main, ContainerStateTerminated? ended)
    {
        if (pod.Status?.Message is { Length: > 0 } message)
            return message;
        if ((Waiting(main) ?? Waiting(pod.GiverStatus())) is { } waiting)
            return waiting;
        if (pod.GiverStatus()?.State?.Terminated is { ExitCode: not 0 } unmade)
            return $"its folders could not be made: {(unmade.Message is { Length: > 0 } why ? why : PodEnd.Describe(unmade.ExitCode))}";
        return ended?.Message ?? pod.Unscheduled()?.Message ?? "";
    }

    private static string? Waiting(ContainerStatus? container) =>
        container?.State?.Waiting is { Reason: { Length: > 0 } reason } waiting and not { Reason: "ContainerCreating" or "PodInitializing" }
            ? (waiting.Message is { Length: > 0 } why ? $"{reason}: {why}" : reason)
            : null;
}
