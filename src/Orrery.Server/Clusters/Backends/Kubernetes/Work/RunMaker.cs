using System.Text.Json;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.State;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Work;

/// <summary>Makes the objects of a run, as far as they can be made now. Each call does what is missing.</summary>
internal sealed class RunMaker(KubernetesClient client, NamespaceKeeper namespaces, string instance, Func<bool> hasKubeflow, TimeProvider clock)
{
    /// <summary>How long a namespace that has just been made may go without the service account that its pods run as.</summary>
    private static readonly TimeSpan NewNamespace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="KubernetesException">The cluster refuses something or is out of reach; what was made stays.</exception>
    public async Task Make(TrackedWorkload workload, RunSpec run, CancellationToken ct)
    {
        bool isBegun;
        lock (workload.Gate)
            isBegun = workload.Sent.Contains(new ObjectRef(ResourceTypes.Secrets.Plural, Anchor(run)));
        OwnerReference? owner = null;
        if (!isBegun || WorkloadKinds.IsService(run.Kind))
            owner = await Begin(workload, run, ct);
        if (run.Kind == WorkloadKinds.Deployment)
            await Deploy(workload, run, owner!, ct);
        else if (run.Kind == WorkloadKinds.StatefulSet)
            await DeploySet(workload, run, owner!, ct);
        else if (run is { Kind: WorkloadKinds.PyTorchJob, Files: null } && hasKubeflow())
            await MakeJob(workload, run, owner ?? await Owner(run, ct), ct);
        else
            await MakeRanks(workload, run, owner, ct);
    }

    /// <summary>Namespace, anchor and services. The services come before the pods that look for them.</summary>
    private async Task<OwnerReference> Begin(TrackedWorkload workload, RunSpec run, CancellationToken ct)
    {
        await namespaces.Ensure(run.WorkspaceId, ct);
        var objects = new RunObjects(run, instance);
        var before = run.Run > 1 ? await client.Secrets.Find(run.WorkspaceId, Anchor(run), ct) : null;
        var owner = OwnerOf(await client.Secrets.Apply(objects.Anchor(before), force: true, ct));
        if (run.Replicas.Count > 1 || run.Kind == WorkloadKinds.StatefulSet)
            await Apply(workload, objects.Headless(owner), ct);
        if (objects.ForUsers(owner) is { } service)
            await Apply(workload, service, ct);
        Note(workload, ResourceTypes.Secrets.Plural, Anchor(run));
        return owner;
    }

    private async Task Apply(TrackedWorkload workload, K8s.Service service, CancellationToken ct)
    {
        Note(workload, ResourceTypes.Services.Plural, service.Metadata.Name!);
        await client.Services.Apply(service, force: true, ct);
    }

    private async Task Deploy(TrackedWorkload workload, RunSpec run, OwnerReference owner, CancellationToken ct)
    {
        var objects = new RunObjects(run, instance);
        int template;
        lock (workload.Gate)
            template = TemplateRun(workload.Deployment, workload.Deployment?.Spec?.Template, objects, run);
        var made = await client.Deployments.Apply(objects.Deployment(template, owner), force: true, ct);
        lock (workload.Gate)
            workload.Deployment = ClusterCache.Newer(workload.Deployment, made);
        Note(workload, ResourceTypes.Deployments.Plural, run.WorkloadId);
    }

    private async Task DeploySet(TrackedWorkload workload, RunSpec run, OwnerReference owner, CancellationToken ct)
    {
        var objects = new RunObjects(run, instance);
        int template;
        lock (workload.Gate)
            template = TemplateRun(workload.StatefulSet, workload.StatefulSet?.Spec?.Template, objects, run);
        var made = await client.StatefulSets.Apply(objects.StatefulSet(template, owner), force: true, ct);
        lock (workload.Gate)
            workload.StatefulSet = ClusterCache.Newer(workload.StatefulSet, made);
        Note(workload, ResourceTypes.StatefulSets.Plural, run.WorkloadId);
    }

    private async Task MakeJob(TrackedWorkload workload, RunSpec run, OwnerReference owner, CancellationToken ct)
    {
        var job = new KubeflowObjects(run, instance).Job(owner);
        if (!TryNote(workload, ResourceTypes.PyTorchJobs.Plural, job.Metadata.Name!))
            return;
        await Once(workload, ResourceTypes.PyTorchJobs.Plural, job.Metadata.Name!, async () =>
        {
            var made = await client.PyTorchJobs.Create(job, ct);
            lock (workload.Gate)
                workload.Jobs.TryAdd(made.Metadata.Name!, made);
            return made;
        });
    }

    /// <summary>Rank 0 first: the others are told its address, which needs no names to be resolved.</summary>
    private async Task MakeRanks(TrackedWorkload workload, RunSpec run, OwnerReference? owner, CancellationToken ct)
    {
        await MakePod(run.Replicas[0], null);
        if (run.Replicas.Count == 1)
            return;
        string? master;
        lock (workload.Gate)
            master = workload.Pods.GetValueOrDefault(run.Replicas[0].PodId) is { Status.PodIp: { Length: > 0 } ip } zero && !zero.IsDeleting() ? ip : null; // it may be over already
        if (master is null)
            return; // its event brings us here again
        foreach (var replica in run.Replicas.Skip(1))
            await MakePod(replica, master);
        if (TryNote(workload, Marks.Complete, run.Replicas[0].PodId))
            await Once(workload, Marks.Complete, run.Replicas[0].PodId, () => client.Pods.Patch(run.WorkspaceId, run.Replicas[0].PodId, Annotation(Marks.Complete, "true"), subresource: null, ct));

        async Task MakePod(ReplicaSpec replica, string? address)
        {
            lock (workload.Gate)
            {
                if (workload.Pods.ContainsKey(replica.PodId) || workload.Gone.ContainsKey(replica.PodId))
                    workload.Sent.Add(new ObjectRef(ResourceTypes.Pods.Plural, replica.PodId));
            }
            if (!TryNote(workload, ResourceTypes.Pods.Plural, replica.PodId))
                return;
            owner ??= await Owner(run, ct);
            await Once(workload, ResourceTypes.Pods.Plural, replica.PodId, () => Create(new RunObjects(run, instance).Pod(replica, address, owner), ct));
        }
    }

    private async Task<K8s.Pod> Create(K8s.Pod pod, CancellationToken ct)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                return await client.Pods.Create(pod, ct);
            }
            catch (KubernetesForbiddenException refusal) when (refusal.Message.Contains("error looking up service account", StringComparison.Ordinal) && clock.GetElapsedTime(began) < NewNamespace)
            {
                await Task.Delay(Pause, clock, ct);
            }
        }
    }

    /// <summary>What failed is sent again; should it be there after all, its watch tells.</summary>
    private static async Task Once<T>(TrackedWorkload workload, string plural, string name, Func<Task<T>> send)
    {
        try
        {
            await send();
        }
        catch (KubernetesAlreadyExistsException)
        {
            // an attempt whose answer was lost, or a server before this one
        }
        catch (KubernetesException)
        {
            lock (workload.Gate)
                workload.Sent.Remove(new ObjectRef(plural, name));
            throw;
        }
    }

    /// <summary>The run of the template that is there, when the wanted one says the same: then no pod is replaced.</summary>
    private static int TemplateRun(IKubernetesObject? present, PodTemplateSpec? template, RunObjects objects, RunSpec run) =>
        present?.Note(Marks.Template) == objects.TemplateHash() && Marks.Number(template?.Metadata?.Labels?.GetValueOrDefault(Marks.Run)) is > 0 and var before && before <= run.Run ? before : run.Run;

    private async Task<OwnerReference> Owner(RunSpec run, CancellationToken ct) => OwnerOf(await client.Secrets.Get(run.WorkspaceId, Anchor(run), ct));

    private static OwnerReference OwnerOf(Secret anchor) => OwnerReference.To(anchor) with { BlockOwnerDeletion = null };

    private static string Anchor(RunSpec run) => ObjectNames.Of(run);

    private static void Note(TrackedWorkload workload, string plural, string name) => TryNote(workload, plural, name);

    /// <returns>False when it was sent before.</returns>
    private static bool TryNote(TrackedWorkload workload, string plural, string name)
    {
        lock (workload.Gate)
            return workload.Sent.Add(new ObjectRef(plural, name));
    }

    private static Patch Annotation(string name, string value) => Patch.Merge(JsonSerializer.SerializeToElement(
        new ObjectPatch(new ObjectMeta { Annotations = new() { [name] = value } }), PatchJson.Default.ObjectPatch));
}
