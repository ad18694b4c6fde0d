using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Pods;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Runs the pods that are bound to nodes, and ends those that are deleted.</summary>
internal sealed class Kubelet(ObjectStore store, ApiServerDoubleOptions options, TimeProvider clock) : Controller(store)
{
    private readonly ConcurrentDictionary<string, PodLife> lives = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HollowPod> hollow = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> running = [];
    private int addresses;

    /// <summary>A pod that runs or has run here; null when it is not, or not yet, on a node.</summary>
    public PodLife? Find(string uid) => lives.GetValueOrDefault(uid);

    public async Task StopAll()
    {
        foreach (var life in lives.Values)
            life.Stop(TimeSpan.Zero);
        foreach (var pod in hollow.Values)
            pod.Stop();
        await Task.WhenAll(running);
    }

    protected override void Step()
    {
        if (options.HollowFor is { } time)
        {
            StepHollow(time);
            return;
        }
        var pods = Store.Look("pods").Where(pod => pod.Text("spec", "nodeName") is not null).ToList();
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

    private void StepHollow(TimeSpan time)
    {
        foreach (var pod in Store.Look("pods").Where(pod => pod.Text("spec", "nodeName") is not null))
        {
            if (!hollow.TryGetValue(pod.Uid(), out var known))
            {
                known = hollow[pod.Uid()] = new HollowPod(Store, new ObjectKey("pods", pod.Namespace(), pod.Name()), pod, Address(), time, clock);
                running.Add(Task.Run(known.Run));
            }
            if (pod.IsDeleting())
                known.Stop();
        }
    }

    private string Address()
    {
        var number = Interlocked.Increment(ref addresses);
        return $"10.244.{number / 250}.{(number % 250) + 2}";
    }

    private PodLife Start(JsonObject pod)
    {
        var life = new PodLife(Store, new ObjectKey("pods", pod.Namespace(), pod.Name()), pod, Address(), options.StartPause, clock);
        lives[pod.Uid()] = life;
        running.Add(Task.Run(life.Run));
        return life;
    }
}
