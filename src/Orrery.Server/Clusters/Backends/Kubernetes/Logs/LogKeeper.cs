using System.Collections.Concurrent;
using Orrery.Kubernetes;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.State;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Logs;

/// <summary>Keeps what containers wrote before the cluster forgets it: when one has ended, before one is started again in its place, and while one is being deleted.</summary>
internal sealed class LogKeeper(KubernetesClient client, KeptLogs kept, CancellationToken stopping)
{
    /// <summary>Lines that are held before they are written.</summary>
    private const int BatchLines = 2000;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Piece, Task>> keeping = new(StringComparer.Ordinal);

    /// <summary>Looks whether something of a pod has to be kept now; it is kept in the background.</summary>
    /// <returns>Until what an ended pod wrote is kept; for one that lives it is over at once.</returns>
    public Task Look(TrackedWorkload workload, K8s.Pod pod, int rank)
    {
        var restarts = pod.Main()?.RestartCount ?? 0;
        if (!HasRun(pod))
            return Task.CompletedTask;
        if (restarts > 0)
            _ = Keep(workload, pod, rank, new Piece(pod.Metadata.Uid!, restarts, PieceKind.Before), new PodLogOptions { Previous = true });
        if (!pod.IsOver() && !pod.IsDeleting())
            return Task.CompletedTask;
        var last = Keep(workload, pod, rank, new Piece(pod.Metadata.Uid!, restarts, PieceKind.Last), new PodLogOptions { Follow = !pod.IsOver() });
        return pod.IsOver() ? last : Task.CompletedTask;
    }

    /// <summary>Keeps what a pod has written until now: it is about to be deleted.</summary>
    public Task KeepNow(TrackedWorkload workload, K8s.Pod pod, int rank)
    {
        if (!HasRun(pod))
            return Task.CompletedTask;
        var piece = new Piece(pod.Metadata.Uid!, pod.Main()?.RestartCount ?? 0, PieceKind.Now);
        if (keeping.TryGetValue(workload.Id, out var pieces) && pieces.TryGetValue(piece, out var before) && before.IsCompleted)
            pieces.TryRemove(piece, out _); // it has written more since
        return Keep(workload, pod, rank, piece, new PodLogOptions());
    }

    /// <summary>Until all is kept that is being kept of a workload.</summary>
    public async Task Finish(string workloadId)
    {
        if (keeping.TryRemove(workloadId, out var pieces))
            await Task.WhenAll(pieces.Values);
    }

    private static bool HasRun(K8s.Pod pod) => pod.Main() is { } main && (main.State?.Running is not null || main.State?.Terminated is not null || main.RestartCount > 0);

    private Task Keep(TrackedWorkload workload, K8s.Pod pod, int rank, Piece piece, PodLogOptions options)
    {
        var pieces = keeping.GetOrAdd(workload.Id, _ => new());
        if (pieces.TryGetValue(piece, out var known))
            return known;
        var earlier = pieces.Where(pair => pair.Key.Uid == piece.Uid).Select(pair => pair.Value).ToList();
        return pieces.GetOrAdd(piece, _ => Task.Run(
            async () =>
            {
                await Task.WhenAll(earlier); // offsets grow
                await Keep(workload.Id, pod, ObjectNames.PodId(workload.Id, pod.RunOf(), rank), options with { Timestamps = true, Container = pod.MainName() });
            },
            CancellationToken.None));
    }

    /// <summary>What cannot be read any more is lost; all else that follows does not wait for it.</summary>
    private async Task Keep(string workloadId, K8s.Pod pod, string podId, PodLogOptions options)
    {
        try
        {
            var end = await kept.End(podId, stopping);
            var last = end;
            var batch = new List<PodLine>();
            var since = end > 0 ? options with { Since = LogOffset.TimeOf(end) } : options;
            await foreach (var line in client.PodAccess.Logs(pod.Metadata.Namespace!, pod.Metadata.Name!, since, stopping))
            {
                if (last == end && line.Time is { } time && LogOffset.From(time) <= end)
                    continue; // the node begins at a whole second
                last = LogOffset.Of(line.Time, last);
                batch.Add(new PodLine(last, line.Text));
                if (batch.Count < BatchLines)
                    continue;
                await kept.Add(workloadId, podId, batch, stopping);
                batch.Clear();
            }
            await kept.Add(workloadId, podId, batch, stopping);
        }
        catch (Exception error) when (error is KubernetesException or OperationCanceledException or System.Data.Common.DbException or Storage.StorageFullException)
        {
            // The pod is gone, the cluster is, or the server stops: the log stays as it is.
        }
    }

    private enum PieceKind
    {
        /// <summary>Of the container before the one that runs now.</summary>
        Before,
        Now,
        Last,
    }

    private sealed record Piece(string Uid, int Restarts, PieceKind Kind);
}
