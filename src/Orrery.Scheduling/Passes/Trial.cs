namespace Orrery.Scheduling;

/// <summary>Tries out which running jobs would have to end before a job fits.</summary>
internal sealed class Trial(NodeSet nodes, Placer placer)
{
    private JobState head = null!;
    private long stamp;
    private int count;
    private int perNode;
    private Resources workspaceUsed;
    private Resources groupUsed;
    private Resources othersNeed;

    /// <summary>Starts from the present.</summary>
    /// <param name="job">The one that is to fit.</param>
    /// <param name="mindRights">Heads of lenders that wait for nodes count too: the ends that are tried out may give them nodes.</param>
    public void Begin(JobState job, bool mindRights = false)
    {
        head = job;
        stamp++;
        perNode = job.Shape.Specified.Count > 0 ? 1 : job.Shape.Replicas;
        workspaceUsed = job.Workspace.Used;
        groupUsed = job.Workspace.Group?.Used ?? default;
        var workspace = job.Workspace;
        othersNeed = workspace.Group is not { } group ? default : mindRights ? group.Right - workspace.Right : group.Need - workspace.Need;
        count = 0;
        // One replica that was found to fit nowhere needs no count of where it fits.
        if (job.Shape.Replicas == 1 && job.Shape.FailedAt == nodes.Grown)
            return;
        var pool = nodes.Pool(job.Shape.Selector);
        foreach (var node in nodes.Taking)
        {
            if (pool.Has(node.Rank) && (job.Shape.Specified.Count == 0 || placer.Admits(job.Shape, node)))
                count += job.Shape.Request.CountIn(Present(node), perNode);
        }
    }

    public bool FitsNodes => count >= head.Shape.Replicas;

    public bool FitsQuota
    {
        get
        {
            var (workspace, total) = (head.Workspace, head.Shape.Total);
            if (!(workspaceUsed + total).FitsIn(workspace.Limit))
                return false;
            if (workspace.Group is not { } group)
                return true;
            var needs = Amounts.WhereOver(othersNeed, workspaceUsed + total, workspace.Quota);
            return (groupUsed + total + needs).FitsIn(group.Total);
        }
    }

    public bool Fits => FitsNodes && FitsQuota;

    public Resources WorkspaceSpare => head.Workspace.Limit - workspaceUsed - head.Shape.Total;

    public Resources GroupSpare => head.Workspace.Group is { } group
        ? group.Total - groupUsed - head.Shape.Total
        : new(Amounts.Unlimited, Amounts.Unlimited, Amounts.UnlimitedCards, Amounts.Unlimited);

    public void Release(JobState job) => Apply(job, back: true);

    public void Restore(JobState job) => Apply(job, back: false);

    /// <summary>What would be free on a node.</summary>
    public Resources FreeOn(NodeState node) => node.TrialStamp == stamp ? node.Trial : Present(node);

    private Resources Present(NodeState node) => node.Claims.Count == 0 ? node.Free : node.FreeFor(head, null);

    private void Apply(JobState job, bool back)
    {
        var total = job.Shape.Total;
        if (ReferenceEquals(job.Workspace, head.Workspace))
            workspaceUsed = back ? workspaceUsed - total : workspaceUsed + total;
        if (job.Workspace.Group is { } group && ReferenceEquals(group, head.Workspace.Group))
            groupUsed = back ? groupUsed - total : groupUsed + total;
        var request = job.Shape.Request;
        foreach (var node in job.Nodes)
        {
            if (!placer.Admits(head.Shape, node))
                continue;
            var free = FreeOn(node);
            count -= head.Shape.Request.CountIn(free, perNode);
            free = back ? free + request : free - request;
            count += head.Shape.Request.CountIn(free, perNode);
            (node.Trial, node.TrialStamp) = (free, stamp);
        }
    }
}
