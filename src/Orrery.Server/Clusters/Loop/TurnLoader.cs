using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Brings rows from the database into a cluster's state.</summary>
internal sealed class TurnLoader(ClusterState state, ClusterServices services)
{
    /// <summary>Comparing everything takes at most one part in so many of the time, however much there is.</summary>
    private const int ResyncShare = 20;

    private readonly HashSet<string> failing = new(StringComparer.Ordinal);
    private DateTimeOffset nextResync;

    public async Task LoadAll(string clusterId, CancellationToken ct)
    {
        var rows = await services.Store.Unfinished(clusterId, ct);
        await services.Workspaces.Reload(ct);
        lock (state.Gate)
        {
            state.SetWorkspaces(services.Workspaces.Of(clusterId));
            state.Clear();
        }
        await Put(clusterId, rows, ct);
    }

    /// <summary>Takes the mail in; returns the ids to look at.</summary>
    public async Task<HashSet<string>> Take(string clusterId, Mail mail, CancellationToken ct)
    {
        if (mail.Workspaces)
        {
            lock (state.Gate)
                state.SetWorkspaces(services.Workspaces.Of(clusterId));
        }
        if (mail.Resync && services.Clock.GetUtcNow() is var start && start >= nextResync)
        {
            mail.Touched.UnionWith(await Stale(clusterId, ct));
            var end = services.Clock.GetUtcNow();
            nextResync = end + (ResyncShare * (end - start));
        }
        await Put(clusterId, mail.Created, ct);
        await Reload(clusterId, mail.Touched, ct);
        var dirty = new HashSet<string>(mail.Touched, StringComparer.Ordinal);
        dirty.UnionWith(failing);
        failing.Clear();
        foreach (var (id, run, problem) in mail.Applied)
        {
            if (state.Find(id) is not { } entry)
                continue;
            entry.Problem = problem;
            if (problem is null)
                entry.AppliedRun = run;
            dirty.Add(id);
        }
        return dirty;
    }

    private async Task<IEnumerable<string>> Stale(string clusterId, CancellationToken ct)
    {
        var there = await services.Store.Versions(clusterId, ct);
        var stale = there.Where(row => state.Find(row.Id)?.Row.Version != row.Version).Select(row => row.Id);
        var gone = state.Entries.Select(entry => entry.Row.Id).Except(there.Select(row => row.Id), StringComparer.Ordinal);
        var waiting = state.Entries.Where(entry => entry.Job is { DependsOn.Count: > 0 }).Select(entry => entry.Row.Id);
        return [.. stale.Concat(gone).Concat(waiting)];
    }

    private async Task Reload(string clusterId, HashSet<string> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return;
        var rows = await services.Store.Find(ids, ct);
        await Put(clusterId, rows, ct);
        lock (state.Gate)
        {
            foreach (var gone in ids.Except(rows.Select(row => row.Id), StringComparer.Ordinal))
                state.Remove(gone);
        }
    }

    /// <summary>Whoever was told of a workload of another cluster leaves it to that one.</summary>
    private async Task Put(string clusterId, IReadOnlyList<ClusterWorkloadRow> told, CancellationToken ct)
    {
        var rows = told.Where(row => row.ClusterId == clusterId).ToList();
        var live = rows.Where(row => row.IsLive).Select(row => row.Id).ToList();
        var pods = (live.Count == 0 ? [] : await services.Store.LivePods(live, ct)).ToLookup(pod => pod.WorkloadId);
        var dependencies = await services.Dependencies.Read(rows, ct);
        lock (state.Gate)
        {
            foreach (var row in rows.Where(row => row.IsOpen || state.Find(row.Id) is not null))
                Put(row, [.. pods[row.Id]], dependencies.GetValueOrDefault(row.Id) ?? DependencyState.None);
        }
    }

    private void Put(ClusterWorkloadRow row, IReadOnlyList<ClusterPodRow> pods, DependencyState dependencies)
    {
        if (state.Find(row.Id) is { } known && known.Row.Version > row.Version)
            return; // read before a commit of ours
        var entry = state.Put(row, row.IsLive ? [.. pods.Where(pod => pod.Run == row.Run).Select(pod => pod.Node)] : null, dependencies);
        if (dependencies.Failed is not null)
            failing.Add(row.Id);
        foreach (var pod in pods)
            entry.Pods[(pod.Run, pod.Rank)] = pod;
    }
}
