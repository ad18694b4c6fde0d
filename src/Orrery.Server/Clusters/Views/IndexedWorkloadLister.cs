using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Views;

/// <summary>Lists by the index in memory. The database is asked only for what was there before this server and is listed for the first time.</summary>
internal sealed class IndexedWorkloadLister(WorkloadIndex index, ClusterStore store, WorkspaceDirectory workspaces, TimeProvider clock) : IWorkloadLister
{
    public async Task<(long Total, IReadOnlyList<ClusterWorkloadRow> Rows)> List(ListFilter filter, Principal caller, CancellationToken ct)
    {
        var visible = workspaces.All.Where(workspace => workspace.MayUse(caller)).Select(workspace => workspace.Id).ToHashSet(StringComparer.Ordinal);
        var (total, rows) = index.Page(filter, new Visibility(caller.IsAdmin ? null : caller.UserId, visible), clock.GetUtcNow());
        var unread = rows.Where(row => !row.HasSpec).Select(row => row.Id).ToList();
        if (unread.Count == 0)
            return (total, rows);
        var read = (await store.Find(unread, ct)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        index.Complete([.. read.Values]);
        return (total, [.. rows.Select(row => row.HasSpec ? row : read.GetValueOrDefault(row.Id)).OfType<ClusterWorkloadRow>()]); // one may have been deleted since
    }
}
