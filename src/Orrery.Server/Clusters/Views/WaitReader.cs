using Orrery.Contracts.Clusters;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Views;

/// <summary>Why a workload waits, live from the queue of its cluster.</summary>
internal sealed class WaitReader(ClusterHost clusters, TimeProvider clock)
{
    /// <returns>Null when it does not wait.</returns>
    public WaitView? Read(ClusterWorkloadRow row)
    {
        if (row.Phase != ClusterPhase.Pending || row.Ending is not null)
            return null;
        if (row.IsTemplate)
            return new WaitView("schedule", $"next firing {WorkloadViews.Time(row.NotBefore)} UTC", 0, [], WorkloadViews.Time(row.NotBefore));
        if (clusters.Find(row.ClusterId) is not { } cluster)
            return new WaitView("cluster", $"cluster {row.ClusterId}: {clusters.Absence(row.ClusterId)}", 0, [], "");
        if (Trouble(row) is { } trouble)
            return new WaitView("cluster", trouble, 0, [], "");
        lock (cluster.State.Gate)
        {
            if (cluster.State.Find(row.Id) is { Row.IsLive: true } live)
                return new WaitView("starting", live.Problem ?? Told(live) ?? "it was admitted and its pods are starting", 0, [], "");
            if (!cluster.State.Queue.Contains(row.Id) || cluster.State.Queue.IsRunning(row.Id))
                return new WaitView("order", "it is about to be queued", 0, [], "");
            return View(cluster.State.Queue.Explain(row.Id, clock.GetUtcNow()), row);
        }
    }

    /// <summary>That nothing of a workload changes now, because its cluster does not answer; null: it does.</summary>
    public string? Trouble(ClusterWorkloadRow row) => !row.IsEnded && clusters.Find(row.ClusterId) is { Sync.IsLost: true }
        ? $"cluster {row.ClusterId} cannot be reached now; nothing of this changes until it answers"
        : null;

    private static string? Told(WorkloadEntry live) => live.Status is { Message.Length: > 0 } status && status.Run == live.Row.Run ? status.Message : null;

    public static WaitView View(Explanation explanation, ClusterWorkloadRow? row)
    {
        var retrying = row is { FailedRuns: > 0, Run: > 0 } && explanation.Code == "schedule";
        return new WaitView(
            retrying ? "backoff" : explanation.Code, explanation.Message, explanation.Order, explanation.Ahead, WorkloadViews.Time(explanation.ExpectedStart));
    }
}
