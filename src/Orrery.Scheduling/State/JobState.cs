namespace Orrery.Scheduling;

/// <summary>Where a job is.</summary>
internal enum JobPlace
{
    /// <summary>Its time has not come, or a dependency has not succeeded, or has failed.</summary>
    Outside,
    Queued,
    Running,
}

/// <summary>A job that the scheduler knows.</summary>
internal sealed class JobState(Job job, WorkspaceState workspace, Shape shape)
{
    public Job Job { get; private set; } = job;

    public string Id { get; } = job.Id;

    public int Priority { get; private set; } = job.Priority;

    public long CreatedTicks { get; private set; } = job.CreatedAt.UtcTicks;

    public WorkspaceState Workspace { get; private set; } = workspace;

    public Shape Shape { get; private set; } = shape;

    public Lane? Lane { get; set; }

    public JobPlace Place { get; set; }

    /// <summary>Its <see cref="Job.NotBefore"/> has passed, or it has none.</summary>
    public bool Due { get; set; }

    /// <summary>Its wait is one between two runs.</summary>
    public bool Requeued { get; set; }

    public HashSet<string>? Unmet { get; set; }

    /// <summary>The dependency that makes it fail.</summary>
    public string? FailedBy { get; set; }

    /// <summary>Node of each rank while it runs.</summary>
    public NodeState[] Nodes { get; set; } = [];

    /// <summary>When it started, or was admitted as long as that is not known; null for a restored one that has not started.</summary>
    public DateTimeOffset? Began { get; set; }

    /// <summary>Latest end by its timeout; null when unknown.</summary>
    public DateTimeOffset? EndsBy { get; set; }

    /// <summary>The workspace whose head it has to make room for.</summary>
    public WorkspaceState? EvictedFor { get; set; }

    /// <summary>When a pass first found it blocked at the head of its queue.</summary>
    public DateTimeOffset? BlockedSince { get; set; }

    /// <summary>When a pass first found it waiting for its own quota, lent to others.</summary>
    public DateTimeOffset? LentSince { get; set; }

    /// <summary>Nodes that drain for it.</summary>
    public DrainPlan? Drain { get; set; }

    public TimeSpan? Remaining => Job.Timeout - Job.AlreadyRan;

    public void Change(Job job, WorkspaceState workspace, Shape shape)
    {
        (Job, Priority, CreatedTicks) = (job, job.Priority, job.CreatedAt.UtcTicks);
        (Workspace, Shape) = (workspace, shape);
    }

    public string[] NodeNames()
    {
        var names = new string[Nodes.Length];
        for (var rank = 0; rank < names.Length; rank++)
            names[rank] = Nodes[rank].Name;
        return names;
    }
}
