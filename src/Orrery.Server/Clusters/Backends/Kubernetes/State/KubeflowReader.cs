using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;
using PodStatus = Orrery.Contracts.Runs.PodStatus;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>Where a run stands that Kubeflow's operator runs: its conditions say how it ended, its pods who did what.</summary>
internal static class KubeflowReader
{
    private const string TypeLabel = "training.kubeflow.org/replica-type";
    private const string IndexLabel = "training.kubeflow.org/replica-index";
    private const string Master = "master";

    /// <summary>The master is rank 0, the workers follow; null: not a pod of the operator's.</summary>
    public static int? RankOf(K8s.Pod pod) => pod.Label(TypeLabel) is not { } type ? null
        : string.Equals(type, Master, StringComparison.OrdinalIgnoreCase) ? 0 : Marks.Number(pod.Label(IndexLabel)) + 1;

    public static RunStatus Read(TrackedWorkload workload)
    {
        var run = workload.Run;
        var pods = workload.Pods.Values.Where(pod => pod.RunOf() == run && RankOf(pod) is not null).Select(pod => PodReader.Status(workload, pod, RankOf(pod)!.Value)).ToList();
        var gone = workload.Gone.Values.Where(pod => pod.Run == run && !pods.Exists(one => one.PodId == pod.PodId)).ToList();
        var job = workload.Jobs.Values.FirstOrDefault(one => one.RunOf() == run);
        pods = [.. pods.Concat(gone).Select(pod => Cleaned(pod, job)).OrderBy(pod => pod.Rank)];
        var (phase, message) = Phase(workload, run, job, pods);
        return new RunStatus { WorkloadId = workload.Id, Run = run, Phase = phase, Message = message, Pods = pods };
    }

    /// <summary>Pods that still ran when their job ended are deleted by the operator; what went before that someone else has deleted.</summary>
    private static PodStatus Cleaned(PodStatus pod, PyTorchJob? job)
    {
        if (pod.Message != PodReader.DeletedByOthers || job is null)
            return pod;
        return Holds(job, "Failed") is { } failed && !WasBefore(pod, failed) ? pod with { Message = PodReader.AnotherFailed }
            : Holds(job, "Succeeded") is { } succeeded && !WasBefore(pod, succeeded) ? pod with { Message = PodReader.JobEnded }
            : pod;
    }

    /// <summary>Clusters tell whole seconds, and their clocks are not the same.</summary>
    private static bool WasBefore(PodStatus pod, Condition ended) => ended.LastTransitionTime is { } at && pod.EndTime < at.AddSeconds(-2);

    private static (string Phase, string Message) Phase(TrackedWorkload workload, int run, PyTorchJob? job, List<PodStatus> pods)
    {
        if (workload.Refused is { } refused)
            return (RunPhases.Failed, refused);
        if (job is null)
            return workload.Wanted is null || workload.Sent.Contains(new ObjectRef("pytorchjobs", ObjectNames.Job(workload.Id, run))) ? (RunPhases.Failed, "its PyTorchJob was deleted by someone else") : (RunPhases.Pending, "");
        if (Holds(job, "Failed") is { } failed)
            return workload.Pods.Values.Any(pod => pod.RunOf() == run && !pod.IsOver()) ? (RunPhases.Running, $"{failed.Message}; the others are ended") : (RunPhases.Failed, JobReader.FirstFailure(pods) ?? failed.Message ?? "the PyTorchJob failed");
        if (Holds(job, "Succeeded") is not null)
            return workload.Pods.Values.Any(pod => pod.RunOf() == run && !pod.IsOver()) ? (RunPhases.Running, "") : (RunPhases.Succeeded, "");
        var size = job.Spec?.PytorchReplicaSpecs.Values.Sum(role => role.Replicas ?? 1) ?? 0;
        var hasStarted = pods.Count >= size && pods.TrueForAll(pod => pod.StartTime is not null);
        return hasStarted ? (RunPhases.Running, Holds(job, "Restarting")?.Message ?? "") : (RunPhases.Pending, pods.Select(pod => pod.Message).FirstOrDefault(text => text.Length > 0) ?? "");
    }

    private static Condition? Holds(PyTorchJob job, string type) => job.Status?.Conditions?.Find(one => one.Type == type && one.Status == "True");
}
