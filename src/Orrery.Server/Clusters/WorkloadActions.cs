using Microsoft.Extensions.Options;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Errors;
using Orrery.Server.Events;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters;

/// <summary>Stops and deletes: the wish is durable when these return; the cluster's loop makes it true.</summary>
internal sealed class WorkloadActions(
    WorkloadQueries queries, ClusterStore store, ClusterHost clusters, Signals signals, IOptions<ClusterOptions> options, TimeProvider clock)
{
    private const int MostAttempts = 20;

    /// <summary>Returns when nothing of it runs any more, or after the configured wait; an ended one is left as it is.</summary>
    public async Task Stop(string id, Principal caller, CancellationToken ct)
    {
        await queries.Changeable(id, caller, ct);
        await Change(id, row => row.IsEnded || row.Ending is EndingReason.Stop or EndingReason.Delete ? null : Ending(row, EndingReason.Stop, $"stopped by {caller.UserName}", caller), ct);
        await WaitUntil(id, row => row is null || row.IsEnded, ct);
    }

    /// <summary>Stop, then gone: it answers 404 once nothing of it is left.</summary>
    public async Task Delete(string id, Principal caller, CancellationToken ct)
    {
        await queries.Changeable(id, caller, ct);
        await Change(id, row => row.Ending == EndingReason.Delete ? null : Deleting(row, caller), ct);
        await WaitUntil(id, row => row is null, ct);
    }

    /// <summary>Reads, changes and writes until nobody else wrote in between.</summary>
    /// <param name="id">The workload.</param>
    /// <param name="make">The step from the row that there is; null: nothing to do.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="ApiException">WorkloadNotFound: it went meanwhile.</exception>
    public async Task Change(string id, Func<ClusterWorkloadRow, WorkloadChange?> make, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var row = await store.Find(id, ct) ?? throw ClusterRefusals.WorkloadNotFound(id);
            if (make(row) is not { } change)
                return;
            if ((await store.Commit([change], ct)).Count > 0)
                continue;
            clusters.Touch(row);
            return;
        }
        throw ClusterRefusals.Conflict($"Workload '{id}' changes too quickly just now; try again.");
    }

    private WorkloadChange Ending(ClusterWorkloadRow row, string ending, string message, Principal caller)
    {
        var change = new WorkloadChange(row, clock.GetUtcNow());
        change.After = row with { Ending = ending, EndingMessage = message };
        change.Event($"cluster_workload.{ending}_requested", new { run = row.Run }, $"user:{caller.UserId}");
        return change;
    }

    private WorkloadChange Deleting(ClusterWorkloadRow row, Principal caller)
    {
        var change = Ending(row, EndingReason.Delete, $"deleted by {caller.UserName}", caller);
        change.After = change.After with { DeletingAt = change.Now };
        change.Events.Add(ServerEvents.Audit(
            Subjects.ClusterWorkload, row.Id, "cluster_workload.deleted", new { workspace = row.WorkspaceId, owner = row.UserId, phase = row.Phase }, change.Now, $"user:{caller.UserId}"));
        return change;
    }

    private async Task WaitUntil(string id, Func<ClusterWorkloadRow?, bool> holds, CancellationToken ct)
    {
        var deadline = clock.GetUtcNow().AddSeconds(options.Value.StopWaitS);
        while (true)
        {
            var changed = signals.Next(id);
            if (holds(await store.Find(id, ct)))
                return;
            var left = deadline - clock.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return;
            try
            {
                await changed.WaitAsync(left < OneSecond ? left : OneSecond, clock, ct); // and look again: a signal may have been lost
            }
            catch (TimeoutException)
            {
                // Looked at again above.
            }
        }
    }

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
}
