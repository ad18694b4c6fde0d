namespace Orrery.Scheduling;

/// <summary>Everything that is known, and the elementary moves between waiting and running.</summary>
internal sealed class ClusterState
{
    public ClusterState(SchedulerOptions options)
    {
        Options = options;
        Shapes = new(Nodes);
        Placer = new(Nodes);
        Trial = new(Nodes, Placer);
        Claims = new(this);
        Evictions = new(this);
    }

    public SchedulerOptions Options { get; }

    public NodeSet Nodes { get; } = new();

    public WorkspaceSet Workspaces { get; } = new();

    public ShapeSet Shapes { get; }

    public Dependencies Dependencies { get; } = new();

    public Placer Placer { get; }

    public Trial Trial { get; }

    public ClaimBook Claims { get; }

    public Evictions Evictions { get; }

    public Dictionary<string, JobState> Jobs { get; } = [];

    /// <summary>Jobs whose time has not come, soonest first.</summary>
    public SortedSet<JobState> Delayed { get; } = new(new InstantOrder(static job => job.Job.NotBefore!.Value));

    /// <summary>Running jobs with a known latest end, soonest first.</summary>
    public SortedSet<JobState> Ends { get; } = new(new InstantOrder(static job => job.EndsBy!.Value));

    /// <summary>Counts changes of any kind.</summary>
    public long Version { get; set; }

    /// <summary>A job that this state does not hold yet, to wait or to run.</summary>
    public JobState Create(Job job)
    {
        var state = new JobState(job, Workspaces.Get(job.WorkspaceId), Shapes.Take(job));
        if (!Jobs.TryAdd(job.Id, state))
        {
            Shapes.Give(state.Shape);
            throw new ArgumentException($"Job {job.Id} is there already.", nameof(job));
        }
        return state;
    }

    public void Destroy(JobState job)
    {
        Jobs.Remove(job.Id);
        Shapes.Give(job.Shape);
        Workspaces.Forget(job.Workspace);
    }

    /// <summary>Lets a job wait, in the queue when nothing else keeps it out.</summary>
    public void Wait(JobState job)
    {
        job.Place = JobPlace.Outside;
        job.Workspace.Outside++;
        job.Due = job.Job.NotBefore is null;
        if (!job.Due)
            Delayed.Add(job);
        Dependencies.Add(job);
        Queue(job);
    }

    public void StopWaiting(JobState job)
    {
        if (job.Place == JobPlace.Queued)
            Unqueue(job);
        if (!job.Due)
            Delayed.Remove(job);
        Dependencies.Remove(job);
        job.Workspace.Outside--;
    }

    /// <summary>Into the queue, when its time has come and its dependencies have succeeded.</summary>
    public void Queue(JobState job)
    {
        if (!job.Due || job.Unmet is not null || job.FailedBy is not null || job.Place != JobPlace.Outside)
            return;
        job.Place = JobPlace.Queued;
        job.Workspace.Outside--;
        job.Workspace.Enqueue(job);
    }

    public void Unqueue(JobState job)
    {
        job.Workspace.Dequeue(job);
        job.Place = JobPlace.Outside;
        job.Workspace.Outside++;
    }

    /// <summary>A job that is out of the queue takes its nodes.</summary>
    public void Place(JobState job, NodeState[] nodes, DateTimeOffset? began)
    {
        job.Place = JobPlace.Running;
        (job.Nodes, job.Began) = (nodes, began);
        var request = job.Shape.Request;
        for (var rank = 0; rank < nodes.Length;)
        {
            var next = rank + 1;
            while (next < nodes.Length && ReferenceEquals(nodes[next], nodes[rank]))
                next++;
            Nodes.Use(nodes[rank], request * (next - rank));
            rank = next;
        }
        Account(job, job.Shape.Total);
        job.Workspace.Running.Add(job);
        NoteEnd(job);
    }

    public void Unplace(JobState job)
    {
        foreach (var node in job.Nodes)
            Nodes.GiveBack(node, job.Shape.Request);
        Account(job, default(Resources) - job.Shape.Total);
        job.Workspace.Running.Remove(job);
        ForgetEnd(job);
        job.EvictedFor?.Victims.Remove(job);
        (job.EvictedFor, job.Nodes, job.Began) = (null, [], null);
    }

    public void NoteEnd(JobState job)
    {
        job.EndsBy = End(job, job.Began);
        if (job.EndsBy is not null)
            Ends.Add(job);
    }

    public void ForgetEnd(JobState job)
    {
        if (job.EndsBy is not null)
            Ends.Remove(job);
        job.EndsBy = null;
    }

    /// <summary>Latest end of a job that begins then; null when unknown.</summary>
    public static DateTimeOffset? End(JobState job, DateTimeOffset? began) =>
        began is { } start && job.Remaining is { } remaining && remaining < DateTimeOffset.MaxValue - start
            ? start + remaining
            : null;

    /// <summary>
    /// When the known ends of running jobs first leave room for a waiting one, with the trial left at that moment. Null when they never do,
    /// or when there is room now already and something else keeps it waiting.
    /// </summary>
    public DateTimeOffset? EarliestStart(JobState head, DateTimeOffset now)
    {
        if (Ends.Count == 0)
            return null;
        Trial.Begin(head);
        if (Trial.Fits)
            return null;
        DateTimeOffset? at = null;
        foreach (var job in Ends)
        {
            if (at is { } last && job.EndsBy > last && Trial.Fits)
                break;
            Trial.Release(job);
            at = job.EndsBy;
        }
        if (!Trial.Fits)
            return null;
        return at > now ? at : now;
    }

    private static void Account(JobState job, in Resources amount)
    {
        job.Workspace.Used += amount;
        if (job.Workspace.Group is { } group)
            group.Used += amount;
    }
}
