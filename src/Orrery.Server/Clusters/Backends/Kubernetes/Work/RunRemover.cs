using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.State;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Work;

/// <summary>Deletes what there is of a workload.</summary>
internal sealed class RunRemover(KubernetesClient client)
{
    private static readonly DeleteOptions AtOnce = new() { PropagationPolicy = Propagation.Background };

    /// <summary>The controller stays until its pods are gone: nothing is left when it is not seen any more.</summary>
    private static readonly DeleteOptions PodsFirst = new() { PropagationPolicy = Propagation.Foreground };

    /// <returns>Whether nothing is left.</returns>
    /// <exception cref="KubernetesException">The cluster refuses something or is out of reach.</exception>
    public async Task<bool> Step(TrackedWorkload workload, CancellationToken ct)
    {
        List<ObjectRef> rest;
        string? space;
        lock (workload.Gate)
        {
            space = workload.Workspace;
            rest = [.. Seen(workload).Union(workload.Left)];
        }
        if (space is null)
            return true;
        foreach (var item in rest)
            await Delete(workload, space, item, ct);
        lock (workload.Gate)
            return workload is { HasObjects: false, Left.Count: 0 };
    }

    /// <summary>What is being deleted already needs nothing but time.</summary>
    private static IEnumerable<ObjectRef> Seen(TrackedWorkload workload) => workload.Everything()
        .Where(item => item.Metadata.DeletionTimestamp is null)
        .Select(item => new ObjectRef(item switch
        {
            Pod => ResourceTypes.Pods.Plural,
            Deployment => ResourceTypes.Deployments.Plural,
            StatefulSet => ResourceTypes.StatefulSets.Plural,
            PyTorchJob => ResourceTypes.PyTorchJobs.Plural,
            _ => ResourceTypes.Services.Plural,
        }, item.Metadata.Name!));

    private async Task Delete(TrackedWorkload workload, string space, ObjectRef item, CancellationToken ct)
    {
        var isGone = item.Plural == ResourceTypes.Secrets.Plural;
        try
        {
            await (item.Plural switch
            {
                "pods" => client.Pods.Delete(space, item.Name, AtOnce, ct),
                "services" => client.Services.Delete(space, item.Name, AtOnce, ct),
                "secrets" => client.Secrets.Delete(space, item.Name, AtOnce, ct),
                "deployments" => client.Deployments.Delete(space, item.Name, PodsFirst, ct),
                "statefulsets" => client.StatefulSets.Delete(space, item.Name, PodsFirst, ct),
                "pytorchjobs" => client.PyTorchJobs.Delete(space, item.Name, PodsFirst, ct),
                _ => Task.CompletedTask,
            });
        }
        catch (KubernetesNotFoundException)
        {
            isGone = true;
        }
        lock (workload.Gate)
        {
            // Of what is deleted but was never seen nothing is known: its next deletion says that it is gone.
            if (isGone || workload.Everything().Any(one => one.Metadata.Name == item.Name && one is not Service == (item.Plural != ResourceTypes.Services.Plural)))
                workload.Left.Remove(item);
        }
    }
}
