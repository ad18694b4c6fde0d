using System.Collections.Concurrent;
using System.Globalization;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.State;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Work;

/// <summary>Follows the output of supervised pods, and ends one that has been silent for too long.</summary>
internal sealed class HangWatch(KubernetesClient client, TimeProvider clock, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, bool> watched = new(StringComparer.Ordinal);

    /// <summary>Begins to follow a pod that is supervised and runs.</summary>
    public void Look(TrackedWorkload workload, K8s.Pod pod)
    {
        if (pod.Note(Marks.HangTimeout) is not { } text || pod.Main()?.State?.Running is null || pod.IsDeleting() || !watched.TryAdd(pod.Metadata.Uid!, true))
            return;
        _ = Task.Run(() => Follow(workload, pod, TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture))), CancellationToken.None);
    }

    private async Task Follow(TrackedWorkload workload, K8s.Pod pod, TimeSpan patience)
    {
        try
        {
            var options = new PodLogOptions { Container = pod.MainName(), Follow = true, Tail = 1 };
            await using var lines = client.PodAccess.Logs(pod.Metadata.Namespace!, pod.Metadata.Name!, options, stopping).GetAsyncEnumerator(stopping);
            while (true)
            {
                var next = lines.MoveNextAsync().AsTask();
                try
                {
                    if (!await next.WaitAsync(patience, clock, stopping))
                        return;
                }
                catch (TimeoutException)
                {
                    await End(workload, pod, patience);
                    await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a sequence is not disposed of while it is asked
                    return;
                }
            }
        }
        catch (Exception error) when (error is KubernetesException or OperationCanceledException)
        {
            // It cannot be followed now; the next change of the pod begins again.
        }
        finally
        {
            watched.TryRemove(pod.Metadata.Uid!, out _);
        }
    }

    private async Task End(TrackedWorkload workload, K8s.Pod pod, TimeSpan patience)
    {
        lock (workload.Gate)
        {
            workload.Hung[pod.Metadata.Uid!] = string.Create(CultureInfo.InvariantCulture, $"no output for {patience.TotalSeconds} s");
            workload.Ended.Add(pod.Metadata.Uid!);
        }
        await client.Pods.Delete(pod.Metadata.Namespace, pod.Metadata.Name!, new DeleteOptions { Preconditions = new Preconditions(pod.Metadata.Uid) }, stopping);
    }
}
