using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.State;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Work;

/// <summary>Keeps a cache like the cluster, as long as it is in reach.</summary>
/// <param name="client">Of the cluster.</param>
/// <param name="cache">What is kept.</param>
/// <param name="instance">Whose objects are watched.</param>
/// <param name="confirm">Throws when another cluster answers by now.</param>
internal sealed class ClusterWatch(KubernetesClient client, ClusterCache cache, string instance, Func<CancellationToken, Task> confirm)
{
    /// <summary>All kinds have been told once.</summary>
    public Task Complete => complete.Task;

    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int missing;

    /// <exception cref="KubernetesException">The cluster is out of reach, or refuses to be watched.</exception>
    public async Task Run(bool hasKubeflow, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ours = new Selection(LabelSelector: $"{Marks.Instance}={instance}");
        List<Func<Task>> watches =
        [
            () => Follow(client.Nodes, cache.Nodes, new Selection(), over.Token),
            () => Follow(client.Pods, cache.Pods, new Selection(), over.Token), // those of others too: they take room
            () => Follow(client.Services, cache.Services, ours, over.Token),
            () => Follow(client.Deployments, cache.Deployments, ours, over.Token),
            () => Follow(client.StatefulSets, cache.StatefulSets, ours, over.Token),
            () => Follow(client.Events, cache.Events, new Selection(FieldSelector: "involvedObject.kind=Pod,reason=Killing"), over.Token),
        ];
        if (hasKubeflow)
            watches.Add(() => Follow(client.PyTorchJobs, cache.Jobs, ours, over.Token));
        missing = watches.Count;
        var running = watches.ConvertAll(watch => Task.Run(watch, CancellationToken.None));
        var first = await Task.WhenAny(running);
        await over.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        complete.TrySetCanceled(CancellationToken.None);
        await first;
    }

    private async Task Follow<T>(ResourceClient<T> resource, KindCache<T> kind, Selection selection, CancellationToken ct)
        where T : class, IKubernetesObject
    {
        var isFirst = true;
        await foreach (var told in resource.Watch(selection, ct))
        {
            if (!isFirst && told is WatchEvent<T>.Listed)
                await confirm(ct); // what was remembered is about to be replaced by what answers now
            cache.Take(kind, told);
            if (isFirst && Interlocked.Decrement(ref missing) == 0)
                complete.TrySetResult();
            isFirst = false;
        }
    }
}
