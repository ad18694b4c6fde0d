using System.Collections.Frozen;
using Orrery.Scheduling;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Workspaces;

/// <summary>All workspaces in memory, read anew when one changed.</summary>
internal sealed class WorkspaceDirectory(WorkspaceStore store)
{
    private FrozenDictionary<string, Workspace> all = FrozenDictionary<string, Workspace>.Empty;

    /// <summary>After a reload that brought something new.</summary>
    public event Action? Changed;

    public IReadOnlyCollection<Workspace> All => all.Values;

    public Workspace? Find(string id) => all.GetValueOrDefault(id);

    /// <returns>Null also when the caller may not use it.</returns>
    public Workspace? Find(string id, Principal caller) => Find(id) is { } workspace && workspace.MayUse(caller) ? workspace : null;

    public IReadOnlyList<WorkspaceSpec> Of(string clusterId) => [.. All.Where(workspace => workspace.ClusterId == clusterId).Select(workspace => workspace.Spec())];

    public async Task Reload(CancellationToken ct)
    {
        var fresh = (await store.All(ct)).ToFrozenDictionary(workspace => workspace.Id, StringComparer.Ordinal);
        var same = fresh.Count == all.Count && fresh.Values.All(workspace => all.TryGetValue(workspace.Id, out var known) && known.Version == workspace.Version);
        if (same)
            return;
        all = fresh;
        Changed?.Invoke();
    }
}
