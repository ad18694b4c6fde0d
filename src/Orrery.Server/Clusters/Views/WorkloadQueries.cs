using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Errors;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Views;

/// <summary>Reads cluster workloads for a caller: what they may not see is not there.</summary>
internal sealed class WorkloadQueries(ClusterStore store, IWorkloadLister lister, WorkspaceDirectory workspaces, WaitReader waits, EnvBox env, TimeProvider clock)
{
    private const string Hidden = "******";

    /// <exception cref="ApiException">WorkloadNotFound: there is none that the caller may see.</exception>
    public async Task<ClusterWorkloadRow> Visible(string id, Principal caller, CancellationToken ct) =>
        !id.Any(char.IsControl) && await store.Find(id, ct) is { } row && MaySee(row, caller) ? row : throw ClusterRefusals.WorkloadNotFound(id);

    /// <exception cref="ApiException">WorkloadNotFound, or Forbidden: it is somebody else's.</exception>
    public async Task<ClusterWorkloadRow> Changeable(string id, Principal caller, CancellationToken ct)
    {
        var row = await Visible(id, caller, ct);
        return MayChange(row, caller) ? row : throw ClusterRefusals.Forbidden($"Workload '{id}' belongs to {row.UserName}; its owner or an admin of its workspace may do this.");
    }

    /// <summary>Of whom it is and who may still use its workspace: what runs code there asks for both.</summary>
    /// <exception cref="ApiException">WorkloadNotFound, or Forbidden.</exception>
    public async Task<ClusterWorkloadRow> Usable(string id, Principal caller, CancellationToken ct)
    {
        var row = await Changeable(id, caller, ct);
        return caller.IsAdmin || workspaces.Find(row.WorkspaceId)?.MayUse(caller) == true
            ? row
            : throw ClusterRefusals.Forbidden($"You are not a member of workspace '{row.WorkspaceId}' any more: '{id}' can be stopped and deleted, not changed or entered.");
    }

    public async Task<(ClusterWorkloadRow Row, ClusterWorkloadView View)> Get(string id, Principal caller, CancellationToken ct)
    {
        var row = await Visible(id, caller, ct);
        return (row, WorkloadViews.Whole(Live(row), await store.Pods(id, ct), Env(row, caller), waits.Read(row), clock.GetUtcNow()));
    }

    public async Task<ClusterWorkloadPage> List(ListFilter filter, Principal caller, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (total, rows) = await lister.List(filter, caller, ct);
        return new ClusterWorkloadPage(total, [.. rows.Select(row => WorkloadViews.Item(Live(row), waits.Read(row), now))]);
    }

    /// <summary>A workload that runs, with what its cluster's silence means for it.</summary>
    private ClusterWorkloadRow Live(ClusterWorkloadRow row) => row.Phase != ClusterPhase.Pending && waits.Trouble(row) is { } trouble
        ? row with { Message = row.Message.Length > 0 ? $"{trouble} (before: {row.Message})" : trouble }
        : row;

    /// <exception cref="ApiException">PodNotFound.</exception>
    public async Task<ClusterPodRow> Pod(ClusterWorkloadRow row, string podId, CancellationToken ct) =>
        (await store.Pods(row.Id, ct)).FirstOrDefault(pod => pod.PodId == podId) ?? throw ClusterRefusals.PodNotFound(podId, row.Id);

    public bool MayChange(ClusterWorkloadRow row, Principal caller) =>
        row.UserId == caller.UserId || caller.IsAdmin || workspaces.Find(row.WorkspaceId)?.IsAdmin(caller) == true;

    private bool MaySee(ClusterWorkloadRow row, Principal caller) =>
        row.UserId == caller.UserId || caller.IsAdmin || workspaces.Find(row.WorkspaceId)?.MayUse(caller) == true;

    private IReadOnlyDictionary<string, string> Env(ClusterWorkloadRow row, Principal caller)
    {
        var all = env.Open(row);
        return MayChange(row, caller) ? all : all.ToDictionary(pair => pair.Key, _ => Hidden, StringComparer.Ordinal);
    }
}
