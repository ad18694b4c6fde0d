namespace Orrery.Scheduling;

/// <summary>The claims of one pass. A claim is worked out only when some later job could start, which in a full cluster is rare.</summary>
internal sealed class ClaimBook(ClusterState state)
{
    private readonly List<JobState> blocked = [];
    private readonly List<Claim> claims = [];
    private readonly HashSet<NodeState> claimed = [];
    private int examined;

    /// <summary>Some claim may bind someone.</summary>
    public bool Any => claims.Count > 0;

    public void Clear()
    {
        foreach (var node in claimed)
            node.Claims.Clear();
        claimed.Clear();
        claims.Clear();
        blocked.Clear();
        examined = 0;
    }

    /// <summary>A head that could not start; those noted first hold their room first.</summary>
    public void Note(JobState head) => blocked.Add(head);

    /// <summary>Works out the claims that this job would have to respect.</summary>
    public void ExamineFor(JobState job, DateTimeOffset now)
    {
        for (; examined < blocked.Count && examined < state.Options.Reservations; examined++)
            Examine(blocked[examined], now);
        if (job.Workspace.Head is { } head)
            Examine(head, now);
    }

    /// <summary>The first claim whose quota the job would use; null when none.</summary>
    public Claim? Against(JobState job, DateTimeOffset? ends)
    {
        foreach (var claim in claims)
        {
            if (claim.Binds(job, ends) && !claim.LeavesQuota(job))
                return claim;
        }
        return null;
    }

    /// <summary>A job starts: what it takes is no longer spare.</summary>
    public void Take(JobState job, DateTimeOffset? ends, List<(NodeState Node, int Count)> nodes)
    {
        foreach (var claim in claims)
        {
            if (claim.Binds(job, ends))
                claim.Take(job);
        }
        foreach (var (node, count) in nodes)
        {
            foreach (var claim in node.Claims)
            {
                if (claim.Claim.Binds(job, ends))
                    claim.Spare -= job.Shape.Request * count;
            }
        }
    }

    /// <summary>A head that was blocked starts after all: it needs its claim no more.</summary>
    public void Drop(JobState head)
    {
        if (head.BlockedSince is null)
            return;
        var at = blocked.IndexOf(head);
        if (at >= 0)
            blocked.RemoveAt(at);
        if (at >= 0 && at < examined)
            examined--;
        if (claims.Count > 0)
            DropClaims(head);
    }

    private void DropClaims(JobState head)
    {
        if (claims.RemoveAll(claim => ReferenceEquals(claim.Head, head)) == 0)
            return;
        foreach (var node in claimed)
            node.Claims.RemoveAll(claim => ReferenceEquals(claim.Claim.Head, head));
    }

    /// <summary>Holds for a head what the trial, in which others have ended, shows to be enough.</summary>
    public void Hold(JobState head, Trial trial, DateTimeOffset? until, bool evicting)
    {
        head.Workspace.Claimed = true;
        var claim = new Claim(head)
        {
            Until = until,
            Evicting = evicting,
            WorkspaceSpare = trial.WorkspaceSpare,
            GroupSpare = trial.GroupSpare,
        };
        claims.Add(claim);
        var left = head.Shape.Replicas;
        foreach (var node in state.Nodes.Taking)
        {
            if (left == 0)
                break;
            if (!state.Placer.Admits(head.Shape, node))
                continue;
            var free = trial.FreeOn(node);
            var count = head.Shape.Request.CountIn(free, head.Shape.Specified.Count > 0 ? 1 : left);
            if (count == 0)
                continue;
            left -= count;
            Mark(node, new(claim, free - head.Shape.Request * count));
        }
    }

    private void Examine(JobState head, DateTimeOffset now)
    {
        if (head.Workspace.Claimed)
            return;
        head.Workspace.Claimed = true;
        var trial = state.Trial;
        if (state.EarliestStart(head, now) is { } start)
            Hold(head, trial, start, evicting: false);
        else if (head.BlockedSince + state.Options.OvertakeLimit <= now)
            Drain(head, now);
    }

    private void Drain(JobState head, DateTimeOffset now)
    {
        if (head.Drain is not { } plan || plan.SetVersion != state.Nodes.Version || plan.Made + state.Options.OvertakeLimit <= now)
            head.Drain = plan = new(DrainChoice.For(head, state), state.Nodes.Version, now);
        if (plan.Nodes.Count == 0)
            return; // it waits for services, and so would everybody behind it
        var (workspace, total) = (head.Workspace, head.Shape.Total);
        var claim = new Claim(head)
        {
            WorkspaceSpare = workspace.Limit - workspace.Used - total,
            GroupSpare = workspace.Group is { } group ? group.Total - group.Used - total : default,
        };
        claims.Add(claim);
        foreach (var (node, count) in plan.Nodes)
            Mark(node, new(claim, node.Free - head.Shape.Request * count));
    }

    private void Mark(NodeState node, NodeClaim claim)
    {
        claimed.Add(node);
        node.Claims.Add(claim);
    }
}
