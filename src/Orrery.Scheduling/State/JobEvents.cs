namespace Orrery.Scheduling;

/// <summary>What happens to single jobs between passes.</summary>
internal sealed class JobEvents(ClusterState state)
{
    public void Submit(Job job)
    {
        state.Wait(state.Create(job));
        state.Version++;
    }

    public void Restore(Job job, IReadOnlyList<string> nodes, DateTimeOffset? startedAt)
    {
        var replicas = job.SpecifiedNodes.Count > 0 ? job.SpecifiedNodes.Count : Math.Max(1, job.Replicas);
        if (nodes.Count != replicas)
            throw new ArgumentException($"Job {job.Id} has {replicas} replicas, but {nodes.Count} nodes are given.", nameof(nodes));
        var restored = state.Create(job);
        restored.Due = true;
        state.Place(restored, [.. nodes.Select(state.Nodes.Get)], startedAt);
        state.Version++;
    }

    public void Update(Job job)
    {
        var old = state.Jobs[job.Id];
        state.Version++;
        if (old.Place == JobPlace.Running)
        {
            state.ForgetEnd(old);
            old.Change(old.Job with { Priority = job.Priority, Timeout = job.Timeout }, old.Workspace, old.Shape);
            state.NoteEnd(old);
            return;
        }
        state.StopWaiting(old);
        Replace(old, job with { CreatedAt = old.Job.CreatedAt });
        state.Wait(old);
    }

    public void Started(string id, DateTimeOffset at)
    {
        if (!state.Jobs.TryGetValue(id, out var job) || job.Place != JobPlace.Running)
            return;
        state.ForgetEnd(job);
        job.Began = at;
        state.NoteEnd(job);
        state.Version++;
    }

    public void Requeue(string id, Job job)
    {
        var old = state.Jobs[id];
        state.Version++;
        if (old.Place == JobPlace.Running)
            state.Unplace(old);
        else
            state.StopWaiting(old);
        Replace(old, job);
        (old.Requeued, old.BlockedSince, old.LentSince, old.Drain) = (true, null, null, null);
        state.Wait(old);
    }

    public void Release(string id, bool succeeded)
    {
        state.Version++;
        Withdraw(id);
        state.Dependencies.End(id, succeeded, state.Queue);
    }

    /// <summary>Takes a job out as if it had never been there.</summary>
    public void Withdraw(string id)
    {
        if (!state.Jobs.TryGetValue(id, out var job))
            return;
        if (job.Place == JobPlace.Running)
            state.Unplace(job);
        else
            state.StopWaiting(job);
        state.Destroy(job);
    }

    public IReadOnlyList<string>? Resize(string id, int replicas, Resources request)
    {
        if (!IsRunning(id, out var job))
            throw new KeyNotFoundException($"No job {id} runs.");
        if (replicas < 1 || (job.Shape.Specified.Count > 0 && replicas != job.Shape.Specified.Count))
            return null;
        var (was, shape, began, evictedFor) = (job.Nodes, job.Shape, job.Began, job.EvictedFor);
        var wanted = state.Shapes.Take(job.Job with { Replicas = replicas, Request = request });
        state.Unplace(job);
        var placed = job.Workspace.HasQuota(wanted.Total) ? Keep(wanted, was) : null;
        state.Shapes.Give(placed is null ? wanted : shape);
        if (placed is not null)
            job.Change(job.Job with { Replicas = replicas, Request = request }, job.Workspace, wanted);
        state.Place(job, placed ?? was, began);
        job.EvictedFor = evictedFor;
        evictedFor?.Victims.Add(job);
        state.Version++;
        return placed is null ? null : job.NodeNames();
    }

    /// <summary>Each kept rank stays where it fits; the others go to the best fit beside them. Null when there is no room.</summary>
    private NodeState[]? Keep(Shape shape, NodeState[] was)
    {
        var kept = new NodeState[shape.Replicas];
        var fits = true;
        var missing = new List<int>();
        var taken = new List<NodeState>();
        for (var rank = 0; rank < kept.Length; rank++)
        {
            var stays = rank < was.Length && shape.Request.FitsIn(was[rank].Free);
            if (stays)
                Take(rank, was[rank]);
            else
                missing.Add(rank);
        }
        foreach (var rank in missing)
        {
            if (shape.Specified.Count > 0 || BestFit(shape) is not { } node)
            {
                fits = false;
                break;
            }
            Take(rank, node);
        }
        foreach (var node in taken)
            state.Nodes.GiveBack(node, shape.Request);
        return fits ? kept : null;

        void Take(int rank, NodeState node)
        {
            kept[rank] = node;
            taken.Add(node);
            state.Nodes.Use(node, shape.Request);
        }
    }

    private NodeState? BestFit(Shape shape)
    {
        var pool = state.Nodes.Pool(shape.Selector);
        var rank = -1;
        if (shape.Request.Gpus == 0)
            rank = First(pool.Plain);
        if (rank < 0)
            rank = First(pool.WithGpus);
        return rank < 0 ? null : state.Nodes.Taking[rank];

        int First(NodeIndex index)
        {
            var cursor = index.Seek(shape.Request);
            int found;
            do
                found = index.Next(shape.Request, ref cursor);
            while (found >= 0 && !shape.Request.FitsIn(state.Nodes.Taking[found].Free));
            return found;
        }
    }

    private void Replace(JobState old, Job job)
    {
        var shape = state.Shapes.Take(job);
        state.Shapes.Give(old.Shape);
        var former = old.Workspace;
        old.Change(job, state.Workspaces.Get(job.WorkspaceId), shape);
        state.Workspaces.Forget(former);
    }

    private bool IsRunning(string id, out JobState job) => state.Jobs.TryGetValue(id, out job!) && job.Place == JobPlace.Running;
}
