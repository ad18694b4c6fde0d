using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Views;

/// <summary>Lists by the index in memory; only the rows of the page are read.</summary>
internal sealed class IndexedWorkloadLister(WorkloadIndex index, ClusterStore store, WorkspaceDirectory workspaces, TimeProvider clock) : IWorkloadLister
{
    public async Task<(long Total, IReadOnlyList<ClusterWorkloadRow> Rows)> List(ListFilter filter, Principal caller, CancellationToken ct)
    {
        var visible = workspaces.All.Where(workspace => workspace.MayUse(caller)).Select(workspace => workspace.Id).ToHashSet(StringComparer.Ordinal);
        var (total, ids) = index.Page(filter, new Visibility(caller.IsAdmin ? null : caller.UserId, visible), clock.GetUtcNow());
        if (ids.Count == 0)
            return (total, []);
        var rows = (await store.Find(ids, ct)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        return (total, [.. ids.Where(rows.ContainsKey).Select(id => rows[id])]); // one may have been deleted since
    }
}
