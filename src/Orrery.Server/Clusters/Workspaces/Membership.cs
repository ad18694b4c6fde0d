using Orrery.Server.Clusters.Store;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Workspaces;

/// <summary>Who may still use a workspace, asked when nobody calls.</summary>
internal sealed class Membership(WorkspaceDirectory workspaces, IdentityStore users)
{
    public async Task<bool> MayStillRun(ClusterWorkloadRow row, CancellationToken ct) =>
        workspaces.Find(row.WorkspaceId) is not { } workspace || workspace.Has(row.UserId) || (await users.FindUser(row.UserId, ct))?.Role == Roles.Admin;
}
