namespace Orrery.Scheduling;

/// <summary>
/// Queues of gang jobs over a set of nodes. Pure: the only time is that of the caller, and the same events between two passes, in any
/// order, give the same passes. Not safe for concurrent use.
/// </summary>
public sealed class ClusterScheduler
{
    private readonly ClusterState state;
    private readonly PassRun run;
    private readonly JobEvents events;
    private readonly Explainer explainer;

    public ClusterScheduler(SchedulerOptions options)
    {
        state = new(options);
        run = new(state);
        events = new(state);
        explainer = new(state);
    }

    /// <summary>All nodes by name, with what is free and what runs there.</summary>
    public IReadOnlyList<NodeUse> Nodes => Uses.Of(state);

    /// <summary>Adds or changes a node. Capacity may shrink below what is used: then nothing new goes there.</summary>
    public void SetNode(NodeSpec node)
    {
        state.Nodes.Set(node);
        state.Version++;
    }

    /// <summary>Forgets a node. Jobs that run there keep running until they are released.</summary>
    public void RemoveNode(string name)
    {
        state.Nodes.Remove(name);
        state.Version++;
    }

    /// <summary>Adds or changes a workspace.</summary>
    public void SetWorkspace(WorkspaceSpec workspace)
    {
        state.Workspaces.Set(workspace);
        state.Version++;
    }

    /// <summary>Forgets a workspace. Its running jobs keep running, its waiting ones wait until they are released.</summary>
    public void RemoveWorkspace(string id)
    {
        state.Workspaces.Remove(id);
        state.Version++;
    }

    /// <summary>Lets a job wait. Its workspace may follow before the next pass.</summary>
    /// <exception cref="ArgumentException">There is a job with this id.</exception>
    public void Submit(Job job) => events.Submit(job);

    /// <summary>Takes over a job that runs already, also where it no longer fits.</summary>
    /// <param name="job">The job.</param>
    /// <param name="nodes">Node of each rank.</param>
    /// <param name="startedAt">Null when it has been admitted but has not started.</param>
    /// <exception cref="ArgumentException">There is a job with this id, or not one node for each replica.</exception>
    public void Restore(Job job, IReadOnlyList<string> nodes, DateTimeOffset? startedAt) => events.Restore(job, nodes, startedAt);

    /// <summary>Changes a waiting job, which keeps its age; of a running one only priority and timeout.</summary>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public void Update(Job job) => events.Update(job);

    /// <summary>Its timeout counts from then. Ignored unless it runs.</summary>
    public void Started(string id, DateTimeOffset at) => events.Started(id, at);

    /// <summary>A running job goes back to waiting as given: a retry, or it was evicted. Its capacity is free.</summary>
    public void Requeue(string id, Job job) => events.Requeue(id, job);

    /// <summary>A job ended or was removed, waiting or running. Its capacity is free and its dependents learn of it.</summary>
    public void Release(string id, bool succeeded) => events.Release(id, succeeded);

    /// <summary>Changes a running job's replicas and what each needs. Ranks that are kept stay on their node where they fit.</summary>
    /// <returns>Its nodes by rank; null when it does not fit, and nothing has changed.</returns>
    /// <exception cref="KeyNotFoundException">No such job runs.</exception>
    public IReadOnlyList<string>? Resize(string id, int replicas, Resources request) => events.Resize(id, replicas, request);

    /// <summary>Looks at all queues. What it admits runs, in this state, from now on.</summary>
    public PassResult Pass(DateTimeOffset now)
    {
        var log = run.Run(now);
        state.Dependencies.Settle();
        if (log.Admitted.Count + log.CameDue.Count + log.Struck.Count + log.Evicted.Count > 0)
            state.Version++;
        return log.Result(run.Wake);
    }

    /// <summary>Why a job waits, with the numbers.</summary>
    public Explanation Explain(string id, DateTimeOffset now) => explainer.Explain(id, now);

    /// <summary>Place in its workspace's queue from 1; 0 when it is not in the queue.</summary>
    public int Order(string id) => state.Jobs.TryGetValue(id, out var job) && job.Place == JobPlace.Queued ? job.Workspace.Queue.Rank(job) : 0;

    /// <summary>What submitting this job and a pass would give; changes nothing.</summary>
    /// <exception cref="ArgumentException">There is a job with this id.</exception>
    public Forecast Preview(Job job, DateTimeOffset now)
    {
        events.Submit(job);
        var log = run.Run(now);
        try
        {
            var preview = state.Jobs[job.Id];
            return preview.Place == JobPlace.Running
                ? new(true, preview.NodeNames(), null)
                : new(false, [], explainer.Explain(job.Id, now));
        }
        finally
        {
            log.TakeBack(state);
            events.Withdraw(job.Id);
        }
    }

    public bool Contains(string id) => state.Jobs.ContainsKey(id);

    public bool IsRunning(string id) => state.Jobs.TryGetValue(id, out var job) && job.Place == JobPlace.Running;

    /// <summary>What a workspace uses; nothing when it is not known.</summary>
    public WorkspaceUse Use(string workspaceId) => state.Workspaces.Find(workspaceId) is { } workspace
        ? new(workspace.Used, workspace.Running.Count, workspace.Queue.Count + workspace.Outside)
        : new(default, 0, 0);
}
