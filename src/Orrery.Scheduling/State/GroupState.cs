namespace Orrery.Scheduling;

/// <summary>Workspaces that lend to each other.</summary>
internal sealed class GroupState(string name)
{
    public string Name { get; } = name;

    public List<WorkspaceState> Members { get; } = [];

    /// <summary>The members' quotas together: never exceeded.</summary>
    public Resources Total { get; set; }

    public Resources Used { get; set; }

    /// <summary>What heads of lenders wait for.</summary>
    public Resources Need { get; set; }

    /// <summary>What heads have a right to in their own quotas, those too that wait for nodes.</summary>
    public Resources Right { get; set; }
}
