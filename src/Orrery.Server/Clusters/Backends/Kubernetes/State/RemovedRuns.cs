using System.Collections.Concurrent;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>Which runs were removed lately, so that one that is asked for late is not made again. The oldest are forgotten: nothing comes that late.</summary>
internal sealed class RemovedRuns
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, int> runs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> order = new();

    public void Add(string workloadId, int run)
    {
        if (runs.TryAdd(workloadId, run))
            order.Enqueue(workloadId);
        else
            runs.AddOrUpdate(workloadId, run, (_, before) => Math.Max(before, run));
        while (runs.Count > Most && order.TryDequeue(out var oldest))
            runs.TryRemove(oldest, out _);
    }

    public int Find(string workloadId) => runs.GetValueOrDefault(workloadId);
}
