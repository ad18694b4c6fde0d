using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;
using PodStatus = Orrery.Contracts.Runs.PodStatus;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>Where a run stands whose pods a Deployment or a StatefulSet makes.</summary>
internal static class ServiceReader
{
    public static RunStatus Read(TrackedWorkload workload)
    {
        var pods = Pods(workload);
        var (phase, message) = Phase(workload, pods);
        return new RunStatus { WorkloadId = workload.Id, Run = workload.Run, Phase = phase, Message = message, Pods = pods };
    }

    /// <summary>A pod of a StatefulSet by its ordinal, one of a Deployment by the label that it was given.</summary>
    public static int? RankOf(TrackedWorkload workload, K8s.Pod pod)
    {
        if (pod.Label(Marks.Kind) == WorkloadKinds.StatefulSet)
            return Marks.Number(pod.Metadata.Name![(pod.Metadata.Name!.LastIndexOf('-') + 1)..]);
        if (pod.Label(Marks.Rank) is { } text)
            return Marks.Number(text);
        return workload.Ranks.TryGetValue(pod.Metadata.Uid ?? "", out var rank) ? rank : null;
    }

    /// <summary>Of two with one rank, which are an old one that leaves and its successor, the successor.</summary>
    private static IReadOnlyList<PodStatus> Pods(TrackedWorkload workload)
    {
        var known = workload.Pods.Values.Select(pod => (Pod: pod, Rank: RankOf(workload, pod))).Where(one => one.Rank is not null);
        return [.. known.GroupBy(one => (Run: one.Pod.RunOf(), Rank: one.Rank!.Value))
            .Select(group => group.OrderBy(one => one.Pod.IsDeleting()).ThenBy(one => one.Pod.IsOver()).ThenByDescending(one => one.Pod.Metadata.CreationTimestamp).First())
            .Select(one => PodReader.Status(workload, one.Pod, one.Rank!.Value))
            .OrderBy(pod => pod.Run).ThenBy(pod => pod.Rank)];
    }

    private static (string Phase, string Message) Phase(TrackedWorkload workload, IReadOnlyList<PodStatus> pods)
    {
        if (workload.Refused is { } refused)
            return (RunPhases.Failed, refused);
        if (workload.Deployment is null && workload.StatefulSet is null)
            return IsMade(workload) ? (RunPhases.Failed, "its controller was deleted by someone else") : (RunPhases.Pending, "");
        var replicas = workload.Deployment?.Spec?.Replicas ?? workload.StatefulSet?.Spec?.Replicas ?? 0;
        var ready = pods.Count(pod => pod.Ready);
        var isThere = IsThere(workload, replicas);
        var isStarted = isThere && pods.Count == replicas && pods.All(pod => pod.StartTime is not null);
        workload.HasStarted |= isStarted;
        if (isStarted && (ready == replicas || workload.Wanted is null))
            workload.SettledTemplate = Template(workload);
        var complaint = Complaint(workload) ?? pods.Where(pod => !pod.Ready).Select(pod => pod.Message).FirstOrDefault(text => text.Length > 0);
        if (!workload.HasStarted && IsFirst(workload))
            return (RunPhases.Pending, Join($"{ready} of {replicas} replicas are ready", complaint));
        if (!isThere || (Template(workload) > 1 && workload.SettledTemplate != Template(workload)))
            return (RunPhases.Updating, Join($"{ready} replicas are ready", complaint));
        return ready > 0 ? (RunPhases.Running, "") : (RunPhases.NotReady, complaint ?? "no replica is ready");
    }

    private static bool IsMade(TrackedWorkload workload) =>
        workload.Wanted is null || workload.Sent.Contains(new ObjectRef("deployments", workload.Id)) || workload.Sent.Contains(new ObjectRef("statefulsets", workload.Id));

    /// <summary>Nothing before its template was ever there to be ready.</summary>
    private static bool IsFirst(TrackedWorkload workload) =>
        Template(workload) <= 1 || (workload.Pods.Values.All(pod => pod.RunOf() == Template(workload)) && !workload.Pods.Values.Any(pod => pod.IsReady()));

    /// <summary>The run whose template the controller has.</summary>
    private static int Template(TrackedWorkload workload) =>
        Marks.Number((workload.Deployment?.Spec?.Template ?? workload.StatefulSet?.Spec?.Template)?.Metadata?.Labels?.GetValueOrDefault(Marks.Run));

    /// <summary>The controller has seen what is wanted, and all pods are of it.</summary>
    private static bool IsThere(TrackedWorkload workload, int replicas)
    {
        IKubernetesObject controller = workload.Deployment is { } deployment ? deployment : workload.StatefulSet!;
        if (workload.Wanted is { } wanted && controller.RunOf() < wanted.Run)
            return false;
        var seen = workload.Deployment?.Status?.ObservedGeneration ?? workload.StatefulSet?.Status?.ObservedGeneration ?? 0;
        var template = Template(workload);
        var current = workload.Pods.Values.Count(pod => pod.RunOf() == template && !pod.IsOver() && !pod.IsDeleting());
        var isOld = workload.Pods.Values.Any(pod => pod.RunOf() != template && !pod.IsOver());
        return seen >= (controller.Metadata.Generation ?? 0) && current >= replicas && !isOld;
    }

    private static string? Complaint(TrackedWorkload workload) =>
        workload.Deployment?.Status?.Conditions?.Find(one => one is { Type: "ReplicaFailure", Status: "True" })?.Message;

    private static string Join(string text, string? complaint) => complaint is null ? text : $"{text}; {complaint}";
}
