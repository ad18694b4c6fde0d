using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Pods;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Runs the pods that are bound to nodes, and ends those that are deleted.</summary>
internal sealed class Kubelet(ObjectStore store, TimeProvider clock) : Controller(store)
{
    private readonly ConcurrentDictionary<string, PodLife> lives = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> running = [];
    private int addresses;

    /// <summary>A pod that runs or has run here; null when it is not, or not yet, on a node.</summary>
    public PodLife? Find(string uid) => lives.GetValueOrDefault(uid);

    public async Task StopAll()
    {
        foreach (var life in lives.Values)
            life.Stop(TimeSpan.Zero);
        await Task.WhenAll(running);
    }

    protected override void Step()
    {
        var pods = Store.List("pods").Items.Where(pod => pod.Text("spec", "nodeName") is not null).ToList();
        foreach (var pod in pods)
        {
            if (!lives.TryGetValue(pod.Uid(), out var life))
                life = Start(pod);
            if (pod.IsDeleting())
                life.Stop(TimeSpan.FromSeconds(pod.Number("metadata", "deletionGracePeriodSeconds") ?? 0));
        }
        foreach (var gone in lives.Keys.Except(pods.Select(pod => pod.Uid())).ToList())
        {
            if (lives.TryRemove(gone, out var life))
                life.Stop(TimeSpan.Zero); // deleted at once, by force
        }
    }

    private PodLife Start(JsonObject pod)
    {
        var number = Interlocked.Increment(ref addresses);
        var life = new PodLife(Store, new ObjectKey("pods", pod.Namespace(), pod.Name()), pod, $"10.244.{number / 250}.{(number % 250) + 2}", clock);
        lives[pod.Uid()] = life;
        running.Add(Task.Run(life.Run));
        return life;
    }
}
