using System.Collections.Concurrent;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>What the watches have told of a cluster. One watch at a time writes; everyone reads.</summary>
internal sealed class ClusterCache
{
    private const string LivenessFailed = "failed liveness probe";
    private readonly ConcurrentDictionary<string, TrackedWorkload> workloads = new(StringComparer.Ordinal);
    private readonly RemovedRuns removed = new();
    private readonly NodeTable table = new();
    private readonly Lock gate = new();
    private readonly string instance;
    private readonly TimeProvider clock;
    private readonly Action<TrackedWorkload> changed;

    /// <param name="instance">Objects of others are looked at only for the room that they take.</param>
    /// <param name="clock">Tells when pods were seen to go.</param>
    /// <param name="changed">Told of each workload of which something has changed.</param>
    public ClusterCache(string instance, TimeProvider clock, Action<TrackedWorkload> changed)
    {
        (this.instance, this.clock, this.changed) = (instance, clock, changed);
        Nodes = new(table.Put, table.Drop);
        Pods = new(PutPod, DropPod);
        Deployments = new(item => Change(item, workload => workload.Deployment = Newer(workload.Deployment, item)), item => Change(item, workload => workload.Deployment = null));
        StatefulSets = new(item => Change(item, workload => workload.StatefulSet = Newer(workload.StatefulSet, item)), item => Change(item, workload => workload.StatefulSet = null));
        Services = new(item => Change(item, workload => workload.Services[item.Metadata.Name!] = item), item => Change(item, workload => workload.Services.Remove(item.Metadata.Name!)));
        Jobs = new(item => Change(item, workload => workload.Jobs[item.Metadata.Name!] = item), item => Change(item, workload => workload.Jobs.Remove(item.Metadata.Name!)));
        Events = new(PutEvent, _ => { });
    }

    public KindCache<K8s.Node> Nodes { get; }

    public KindCache<K8s.Pod> Pods { get; }

    public KindCache<Deployment> Deployments { get; }

    public KindCache<StatefulSet> StatefulSets { get; }

    public KindCache<K8s.Service> Services { get; }

    public KindCache<PyTorchJob> Jobs { get; }

    public KindCache<CoreEvent> Events { get; }

    public IEnumerable<TrackedWorkload> Workloads => workloads.Values;

    /// <summary>A workload as it is known, under its gate; made when there is none.</summary>
    public TrackedWorkload With(string workloadId, Action<TrackedWorkload> change)
    {
        while (true)
        {
            var workload = Of(workloadId);
            lock (workload.Gate)
            {
                if (workload.IsDropped)
                    continue; // in this moment: there is another now
                change(workload);
                return workload;
            }
        }
    }

    private TrackedWorkload Of(string workloadId) => workloads.GetOrAdd(workloadId, id => new TrackedWorkload(id));

    /// <summary>Nothing is left of a workload: what stays of it is the run that is not made again.</summary>
    public void Drop(TrackedWorkload workload, int run)
    {
        workload.IsDropped = true;
        removed.Add(workload.Id, run);
        workloads.TryRemove(new KeyValuePair<string, TrackedWorkload>(workload.Id, workload));
    }

    /// <summary>The newest run of a workload that was removed; 0: none was lately.</summary>
    public int RemovedRun(string workloadId) => removed.Find(workloadId);

    public TrackedWorkload? Find(string workloadId) => workloads.GetValueOrDefault(workloadId);

    public void Take<T>(KindCache<T> kind, WatchEvent<T> told)
        where T : class, IKubernetesObject
    {
        lock (gate)
            kind.Take(told);
    }

    public IReadOnlyList<Scheduling.NodeSpec> ReadNodes()
    {
        lock (gate)
            return table.Read();
    }

    /// <summary>An object as the server has just answered it: the watch may be late.</summary>
    public static T Newer<T>(T? known, T item)
        where T : class, IKubernetesObject =>
        known is not null && known.Metadata.Uid == item.Metadata.Uid && (known.Metadata.Generation ?? 0) > (item.Metadata.Generation ?? 0) ? known : item;

    private void PutPod(K8s.Pod pod)
    {
        if (!IsOurs(pod))
        {
            table.Put(pod);
            return;
        }
        Change(pod, workload =>
        {
            var uid = pod.Metadata.Uid ?? "";
            var before = workload.Pods.GetValueOrDefault(pod.Metadata.Name!);
            if (pod.IsDeleting() && before?.IsOver() != true && !(pod.IsOver() && before is null) && !workload.Ended.Contains(uid))
                workload.Taken.Add(uid);
            workload.Pods[pod.Metadata.Name!] = pod;
        });
    }

    private void DropPod(K8s.Pod pod)
    {
        if (!IsOurs(pod))
        {
            table.Drop(pod);
            return;
        }
        Change(pod, workload =>
        {
            workload.Left.Remove(new ObjectRef("pods", pod.Metadata.Name!));
            if (workload.Pods.GetValueOrDefault(pod.Metadata.Name!)?.Metadata.Uid == pod.Metadata.Uid)
                workload.Pods.Remove(pod.Metadata.Name!);
            if (workload.IsRemoving || WorkloadKinds.IsService(workload.Kind) || pod.RunOf() < workload.Run || WorkloadReader.RankOf(workload, pod) is not { } rank)
                return;
            var last = PodReader.Gone(workload, pod, rank, clock.GetUtcNow());
            workload.Gone[last.PodId] = last;
        });
    }

    private void PutEvent(CoreEvent told)
    {
        if (told is not { Reason: "Killing", InvolvedObject: { Kind: "Pod", Uid: { } uid } } || told.Message?.Contains(LivenessFailed, StringComparison.Ordinal) != true)
            return;
        if (Pods.Find(told.InvolvedObject.Namespace, told.InvolvedObject.Name) is { } pod && pod.Metadata.Uid == uid && IsOurs(pod))
            Change(pod, workload => workload.Unhealthy.Add(uid));
    }

    private bool IsOurs(IKubernetesObject item) => item.Label(Marks.Instance) == instance && item.Label(Marks.Workload) is not null;

    private void Change(IKubernetesObject item, Action<TrackedWorkload> change)
    {
        if (item.Label(Marks.Workload) is not { } id || item.Label(Marks.Instance) != instance)
            return;
        changed(With(id, workload =>
        {
            workload.Workspace = item.Metadata.Namespace;
            change(workload);
        }));
    }
}
