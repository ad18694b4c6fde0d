namespace Orrery.Scheduling;

/// <summary>All workspaces and their groups.</summary>
internal sealed class WorkspaceSet
{
    private readonly Dictionary<string, WorkspaceState> byId = [];
    private readonly Dictionary<string, GroupState> groups = [];

    /// <summary>In order of id, which makes every walk over them the same whatever came first.</summary>
    public SortedList<string, WorkspaceState> All { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts changes of quotas.</summary>
    public int Version { get; private set; }

    public WorkspaceState? Find(string id) => byId.GetValueOrDefault(id);

    public WorkspaceState Get(string id)
    {
        if (byId.TryGetValue(id, out var found))
            return found;
        var added = new WorkspaceState(id);
        byId.Add(id, added);
        All.Add(id, added);
        return added;
    }

    public void Set(WorkspaceSpec spec)
    {
        var workspace = Get(spec.Id);
        if (workspace.Spec == spec)
            return;
        Version++;
        Leave(workspace);
        workspace.Spec = spec;
        workspace.Quota = Amounts.Of(spec.Quota);
        workspace.Limit = spec.Group is null ? workspace.Quota : Amounts.AddLimits(workspace.Quota, Amounts.Of(spec.BorrowingLimit));
        if (spec.Group is { } name)
            Join(workspace, name);
    }

    public void Remove(string id)
    {
        if (!byId.TryGetValue(id, out var workspace))
            return;
        Version++;
        Leave(workspace);
        workspace.Spec = null;
        Forget(workspace);
    }

    /// <summary>Drops a removed workspace once nothing of it is left.</summary>
    public void Forget(WorkspaceState workspace)
    {
        if (workspace.Spec is not null || workspace.Queue.Count + workspace.Running.Count + workspace.Outside > 0)
            return;
        byId.Remove(workspace.Id);
        All.Remove(workspace.Id);
    }

    private void Join(WorkspaceState workspace, string name)
    {
        if (!groups.TryGetValue(name, out var group))
        {
            group = new(name);
            groups.Add(name, group);
        }
        group.Members.Add(workspace);
        workspace.Group = group;
        group.Used += workspace.Used;
        SetTotal(group);
    }

    private void Leave(WorkspaceState workspace)
    {
        if (workspace.Group is not { } group)
            return;
        workspace.SetRight(default);
        workspace.SetNeed(default);
        group.Members.Remove(workspace);
        group.Used -= workspace.Used;
        SetTotal(group);
        workspace.Group = null;
        if (group.Members.Count == 0)
            groups.Remove(group.Name);
    }

    private static void SetTotal(GroupState group)
    {
        var total = new Resources(0, 0, 0, Amounts.Unlimited);
        foreach (var member in group.Members)
            total = Amounts.AddLimits(total, member.Quota);
        group.Total = total;
    }
}
