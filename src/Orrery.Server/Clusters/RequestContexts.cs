using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters;

/// <summary>Gathers what requests are checked against.</summary>
internal sealed class RequestContexts(WorkspaceDirectory workspaces, ClusterHost clusters, ClusterStore store, TimeProvider clock)
{
    public async Task<CreateContext> Create(CreateWorkloadRequest request, Principal caller, bool strict, CancellationToken ct) => new()
    {
        Now = clock.GetUtcNow(),
        Strict = strict,
        Workspace = id => workspaces.Find(id, caller) is { } workspace ? Facts(workspace, caller) : null,
        KnownDependencies = await Known(request.Dependencies, caller, ct),
    };

    public WorkspaceFacts Facts(Workspace workspace, Principal caller)
    {
        var cluster = clusters.Find(workspace.ClusterId);
        return new WorkspaceFacts
        {
            Backend = clusters.BackendOf(workspace.ClusterId) ?? "",
            CallerIsAdmin = workspace.IsAdmin(caller),
            Nodes = cluster?.State.NodeFacts ?? [],
            MostCpuMillis = Most(workspace, amounts => amounts.CpuMillis),
            MostMemoryBytes = Most(workspace, amounts => amounts.MemoryBytes),
            MostGpus = Most(workspace, amounts => amounts.Gpus),
        };
    }

    /// <exception cref="Errors.ApiException">Forbidden: pods of this cluster would run as the server's own user.</exception>
    public void CheckMayRun(Workspace workspace, Principal caller)
    {
        if (!caller.IsAdmin && clusters.Find(workspace.ClusterId) is { Backend: Backends.LocalBackend { IsolatesUsers: false } })
            throw ClusterRefusals.Forbidden("This server does not run as root, so pods cannot be kept apart from it: only admins may run them.");
    }

    /// <summary>A quota alone in its group is all there is; within one the others may lend.</summary>
    private long? Most(Workspace workspace, Func<Amounts, long?> amount)
    {
        if (amount(workspace.Settings.Quota) is not { } quota)
            return null;
        if (workspace.Group is not { } group)
            return quota;
        long lent = 0;
        foreach (var other in workspaces.All.Where(one => one.Group == group && one.Id != workspace.Id && one.ClusterId == workspace.ClusterId))
        {
            if (amount(other.Settings.Quota) is not { } theirs)
                return amount(workspace.Settings.BorrowingLimit) is { } limit ? quota + limit : null;
            lent += theirs;
        }
        return quota + Math.Min(lent, amount(workspace.Settings.BorrowingLimit) ?? long.MaxValue);
    }

    private async Task<IReadOnlySet<string>> Known(List<string>? ids, Principal caller, CancellationToken ct)
    {
        if (ids is null or { Count: 0 or > 100 })
            return new HashSet<string>();
        var rows = await store.Find([.. ids.Where(id => id is not null && !id.Any(char.IsControl)).Distinct(StringComparer.Ordinal)], ct);
        return rows.Where(row => row.DeletingAt is null && (row.UserId == caller.UserId || workspaces.Find(row.WorkspaceId)?.MayUse(caller) == true || caller.IsAdmin))
            .Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
    }
}
