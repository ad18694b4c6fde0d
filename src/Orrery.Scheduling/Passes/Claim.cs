namespace Orrery.Scheduling;

/// <summary>
/// What a waiting head holds against later jobs: nodes and quota at the moment when it will start. With <see cref="Until"/> known, jobs that
/// end by then pass freely and others may take what is spare then; a hard claim lets them take only what is spare now.
/// </summary>
internal sealed class Claim(JobState head)
{
    public JobState Head => head;

    /// <summary>Earliest start of the head; null makes the claim hard.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Jobs were evicted for it: it binds even those who use their own quota.</summary>
    public bool Evicting { get; init; }

    /// <summary>What the workspace has left beside the head then.</summary>
    public Resources WorkspaceSpare { get; set; }

    /// <summary>What the group has left beside the head then.</summary>
    public Resources GroupSpare { get; set; }

    /// <summary>A job that ends by <paramref name="ends"/> has to respect it.</summary>
    public bool Binds(JobState job, DateTimeOffset? ends) => !ReferenceEquals(job, head) && (Until is not { } until || ends is not { } end || end > until);

    /// <summary>The quota that it holds leaves room for the job.</summary>
    public bool LeavesQuota(JobState job)
    {
        if (ReferenceEquals(job.Workspace, head.Workspace) && !Fits(job.Shape.Total, WorkspaceSpare))
            return false;
        if (head.Workspace.Group is not { } group || !ReferenceEquals(job.Workspace.Group, group))
            return true;
        // To use one's own quota is a right that only an eviction in progress suspends.
        var bound = Evicting || ReferenceEquals(job.Workspace, head.Workspace) || !job.Workspace.WithinQuota(job.Shape.Total);
        return !bound || Fits(job.Shape.Total, GroupSpare);
    }

    /// <summary>A job that it binds has started.</summary>
    public void Take(JobState job)
    {
        if (ReferenceEquals(job.Workspace, head.Workspace))
            WorkspaceSpare -= job.Shape.Total;
        if (job.Workspace.Group is { } group && ReferenceEquals(group, head.Workspace.Group))
            GroupSpare -= job.Shape.Total;
    }

    /// <summary>A resource that the job does not ask for is not in its way.</summary>
    private static bool Fits(in Resources total, in Resources spare) =>
        (total.CpuMillis == 0 || total.CpuMillis <= spare.CpuMillis)
        && (total.MemoryBytes == 0 || total.MemoryBytes <= spare.MemoryBytes)
        && (total.Gpus == 0 || total.Gpus <= spare.Gpus);
}

/// <summary>A claim on one node.</summary>
internal sealed class NodeClaim(Claim claim, Resources spare)
{
    public Claim Claim => claim;

    /// <summary>What others may still use of the node.</summary>
    public Resources Spare { get; set; } = spare;
}

/// <summary>Nodes chosen to drain for a head whose start nobody knows; kept for a while, so that they do drain.</summary>
internal sealed record DrainPlan(List<(NodeState Node, int Count)> Nodes, int SetVersion, DateTimeOffset Made);
