namespace Orrery.Scheduling;

/// <summary>What running jobs hold that end only when somebody ends them.</summary>
internal sealed class EndlessUse
{
    private readonly Dictionary<NodeState, Resources> byNode = [];
    private readonly Dictionary<WorkspaceState, Resources> byWorkspace = [];

    public EndlessUse(WorkspaceSet workspaces)
    {
        foreach (var workspace in workspaces.All.Values)
        {
            foreach (var job in workspace.Running.Where(static job => job.Job.Endless))
            {
                byWorkspace[workspace] = byWorkspace.GetValueOrDefault(workspace) + job.Shape.Total;
                foreach (var node in job.Nodes)
                    byNode[node] = byNode.GetValueOrDefault(node) + job.Shape.Request;
            }
        }
    }

    /// <summary>What a node can ever have free while they run.</summary>
    public Resources RoomOn(NodeState node) => node.Room - byNode.GetValueOrDefault(node);

    /// <summary>The quota that a job needs can come free while they run.</summary>
    public bool LeaveQuotaFor(JobState job)
    {
        var (workspace, total) = (job.Workspace, job.Shape.Total);
        if (!(byWorkspace.GetValueOrDefault(workspace) + total).FitsIn(workspace.Limit))
            return false;
        if (workspace.Group is not { } group)
            return true;
        var used = total;
        foreach (var member in group.Members)
            used += byWorkspace.GetValueOrDefault(member);
        return used.FitsIn(group.Total);
    }
}
