namespace Orrery.Scheduling;

/// <summary>Tries to start one job: quota, nodes, then the claims of those who come first.</summary>
internal sealed class Attempt(ClusterState state)
{
    public Verdict Start(JobState job, DateTimeOffset now, PassLog log)
    {
        var verdict = Check(job, now, out var ends);
        if (verdict != Verdict.Started)
            return verdict;
        state.Claims.Drop(job);
        job.Workspace.Dequeue(job);
        var nodes = state.Placer.ByRank(job.Shape.Replicas);
        if (state.Claims.Any)
            state.Claims.Take(job, ends, state.Placer.Found);
        state.Place(job, nodes, now);
        log.Admitted.Add(job);
        log.Admissions.Add(new(job.Id, job.NodeNames()));
        return Verdict.Started;
    }

    /// <summary>The nodes or the quota, even all of it, cannot hold it.</summary>
    public bool Never(JobState job)
    {
        var (workspace, total) = (job.Workspace, job.Shape.Total);
        return !total.FitsIn(workspace.Limit)
            || (workspace.Group is { } group && !total.FitsIn(group.Total))
            || !state.Placer.FitsEmpty(job.Shape);
    }

    /// <summary>What can be told from figures at hand: a lane for which this is false need not be tried.</summary>
    public bool MayStart(Lane lane) => lane.Shape.FailedAt != state.Nodes.Grown && lane.Workspace.HasQuota(lane.Shape.Total);

    /// <summary>There is room on the nodes, apart from claims; looked up once for all jobs of a shape until a node changes.</summary>
    public bool HasRoom(JobState job)
    {
        var (shape, nodes) = (job.Shape, state.Nodes);
        if (shape.FailedAt == nodes.Grown)
            return false;
        if (shape.TriedAt == nodes.Moves || state.Claims.Any)
            return true;
        if (state.Placer.TryPlace(job, null))
        {
            shape.TriedAt = nodes.Moves;
            return true;
        }
        shape.FailedAt = nodes.Grown;
        return false;
    }

    private Verdict Check(JobState job, DateTimeOffset now, out DateTimeOffset? ends)
    {
        ends = null;
        var (workspace, shape) = (job.Workspace, job.Shape);
        if (!workspace.HasQuota(shape.Total))
            return Verdict.Quota;
        if (shape.FailedAt == state.Nodes.Grown)
            return Verdict.Nodes;
        if (!workspace.LeavesNeeds(shape.Total))
            return Verdict.Lent;
        ends = ClusterState.End(job, now);
        var (held, room) = (state.Claims.Any, state.Placer.TryPlace(job, ends));
        if (!room)
        {
            if (held)
                return Verdict.Claimed;
            shape.FailedAt = state.Nodes.Grown;
            return Verdict.Nodes;
        }
        state.Claims.ExamineFor(job, now);
        if (!state.Claims.Any)
            return Verdict.Started;
        if (state.Claims.Against(job, ends) is not null)
            return Verdict.Claimed;
        return state.Placer.TryPlace(job, ends) ? Verdict.Started : Verdict.Claimed;
    }
}
