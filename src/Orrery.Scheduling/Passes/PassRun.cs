namespace Orrery.Scheduling;

/// <summary>One look at all queues.</summary>
internal sealed class PassRun(ClusterState state)
{
    private readonly PriorityQueue<Lane, JobState> turns = new(JobOrder.Instance);
    private readonly Attempt attempt = new(state);
    private readonly List<WorkspaceState> urgent = [];
    private readonly List<Lane> lent = [];
    private PassLog log = new();
    private DateTimeOffset now;
    private DateTimeOffset? wake;

    public PassLog Run(DateTimeOffset at)
    {
        (now, wake, log) = (at, null, new());
        ComeDue();
        FailDependents();
        Begin();
        ServeUrgent();
        PushLanes();
        while (turns.TryDequeue(out var lane, out var job))
        {
            lane.Pushed = false;
            Turn(lane, job);
        }
        End();
        return log;
    }

    public DateTimeOffset? Wake => wake;

    private void ComeDue()
    {
        while (state.Delayed.Min is { } job && job.Job.NotBefore <= now)
        {
            state.Delayed.Remove(job);
            job.Due = true;
            log.CameDue.Add(job);
            state.Queue(job);
        }
        if (state.Delayed.Min is { } next)
            WakeAt(next.Job.NotBefore);
    }

    private void FailDependents()
    {
        if (state.Dependencies.AnyFailed)
            state.Dependencies.Spread(log.Failures, log.Struck);
    }

    private void Begin()
    {
        urgent.Clear();
        foreach (var workspace in state.Workspaces.All.Values)
        {
            (workspace.Head, workspace.Claimed, workspace.Closed) = (null, false, workspace.Spec is null);
            if (workspace.Closed || workspace.Queue.Count == 0)
            {
                workspace.SetRight(default);
                workspace.SetNeed(default);
                continue;
            }
            var first = workspace.Queue.First!;
            if (workspace.Group is { Members.Count: > 1 })
                SetNeed(workspace);
            if (workspace.Victims.Count > 0 || first.BlockedSince + state.Options.YieldLimit <= now)
                urgent.Add(workspace);
        }
    }

    /// <summary>Heads that others were evicted for, and heads that have yielded long enough, go before the common order.</summary>
    private void ServeUrgent()
    {
        urgent.Sort(static (left, right) => ByUrgency(left, right));
        var served = 0;
        foreach (var workspace in urgent)
        {
            if (workspace.Victims.Count == 0 && ++served > state.Options.Reservations)
                break;
            if (FirstPossible(workspace) is not { } head)
                continue;
            var verdict = attempt.Start(head, now, log);
            if (verdict == Verdict.Started)
                SetNeed(workspace);
            else
                Blocked(head, verdict);
        }
    }

    private static int ByUrgency(WorkspaceState left, WorkspaceState right)
    {
        if (left.Victims.Count > 0 != right.Victims.Count > 0)
            return left.Victims.Count > 0 ? -1 : 1;
        var (first, second) = (left.Queue.First!, right.Queue.First!);
        return first.BlockedSince != second.BlockedSince
            ? Nullable.Compare(first.BlockedSince, second.BlockedSince)
            : JobOrder.Of(first, second);
    }

    private void PushLanes()
    {
        foreach (var workspace in state.Workspaces.All.Values)
        {
            if (workspace.Closed || workspace.Queue.Count == 0)
                continue;
            PushFirst(workspace);
            if (workspace.Spec!.Policy == QueuePolicy.Fifo)
                continue;
            foreach (var lane in workspace.Lanes)
            {
                if (attempt.MayStart(lane) && attempt.HasRoom(lane.Jobs.First!))
                    Push(lane);
            }
        }
    }

    private void Turn(Lane lane, JobState job)
    {
        var workspace = lane.Workspace;
        if (workspace.Closed || ReferenceEquals(workspace.Head, job))
            return;
        var verdict = attempt.Start(job, now, log);
        if (verdict != Verdict.Started)
        {
            if (verdict == Verdict.Lent && !lane.Lent)
            {
                lane.Lent = true;
                lent.Add(lane);
            }
            if (workspace.Head is null)
                Blocked(job, verdict);
            return;
        }
        if (lane.Jobs.Count > 0 && attempt.MayStart(lane))
            Push(lane);
        if (workspace.Head is not null)
            return;
        PushFirst(workspace);
        if (workspace.Group is { Members.Count: > 1 })
            SetNeed(workspace);
    }

    /// <summary>The first of its workspace that cannot start: it becomes the head of this pass.</summary>
    private void Blocked(JobState job, Verdict verdict)
    {
        var workspace = job.Workspace;
        workspace.Closed = workspace.Spec!.Policy == QueuePolicy.Fifo;
        if (attempt.Never(job))
        {
            if (workspace.Closed)
                StopNeed(workspace);
            return;
        }
        log.Note(job);
        workspace.Head = job;
        job.BlockedSince ??= now;
        var own = workspace.WithinQuota(job.Shape.Total);
        job.LentSince = own && verdict == Verdict.Quota ? job.LentSince ?? now : null;
        if (!MakeRoom(job, own && verdict == Verdict.Quota))
            state.Claims.Note(job);
        if (job.LentSince + state.Options.ReclaimAfter > now)
            WakeAt(job.LentSince + state.Options.ReclaimAfter);
        if (verdict == Verdict.Claimed && job.BlockedSince + state.Options.YieldLimit > now)
            WakeAt(job.BlockedSince + state.Options.YieldLimit);
        if (verdict != Verdict.Quota && !IsPatient(job))
            StopNeed(workspace);
    }

    /// <summary>Evicts for a head where that is allowed; true when the head now holds the room of victims.</summary>
    private bool MakeRoom(JobState head, bool isLender)
    {
        var (workspace, evictions) = (head.Workspace, state.Evictions);
        if (workspace.Victims.Count > 0 && evictions.FitsAfterVictims(head))
        {
            state.Claims.Hold(head, state.Trial, null, evicting: true);
            return true;
        }
        string reason;
        if (workspace.Spec!.Preemption && evictions.TryPreempt(head, now))
            reason = $"makes room for {head.Id}, which has a higher priority";
        else if (isLender && head.LentSince + state.Options.ReclaimAfter <= now && evictions.TryReclaim(head, now))
            reason = $"ran on quota that {workspace.Id} had lent and now needs for {head.Id}";
        else
            return false;
        foreach (var victim in evictions.Chosen)
        {
            victim.EvictedFor = workspace;
            workspace.Victims.Add(victim);
            log.Evicted.Add(victim);
        }
        foreach (var victim in evictions.Chosen.OrderBy(victim => victim.Id, StringComparer.Ordinal))
            log.Preemptions.Add(new(victim.Id, head.Id, reason));
        state.Claims.Hold(head, state.Trial, null, evicting: true);
        return true;
    }

    private bool IsPatient(JobState head) => head.BlockedSince + state.Options.OvertakeLimit <= now;

    /// <summary>A lender's head keeps its own quota from borrowers, unless it is known to wait for nodes.</summary>
    private void SetNeed(WorkspaceState workspace)
    {
        var head = FirstPossible(workspace);
        var right = head is not null && workspace.WithinQuota(head.Shape.Total) && !attempt.Never(head) ? head.Shape.Total : default;
        workspace.SetRight(right);
        workspace.SetNeed(right != default && (attempt.HasRoom(head!) || IsPatient(head!)) ? right : default);
    }

    /// <summary>What this workspace kept from borrowers they may have, and try again.</summary>
    private void StopNeed(WorkspaceState workspace)
    {
        if (workspace.Need == default)
            return;
        workspace.SetNeed(default);
        foreach (var lane in lent)
        {
            lane.Lent = false;
            if (lane.Jobs.Count == 0)
                continue;
            var borrower = lane.Workspace;
            if (ReferenceEquals(borrower.Head, lane.Jobs.First) && borrower.Victims.Count == 0)
                (borrower.Head, borrower.Closed) = (null, false);
            Push(lane);
        }
        lent.Clear();
    }

    /// <summary>The first of a workspace that could start some day.</summary>
    private JobState? FirstPossible(WorkspaceState workspace)
    {
        var first = workspace.Queue.First;
        if (first is null || workspace.Spec!.Policy == QueuePolicy.Fifo || !attempt.Never(first))
            return first;
        first = null;
        foreach (var lane in workspace.Lanes)
        {
            if ((first is null || JobOrder.Of(lane.Jobs.First!, first) < 0) && !attempt.Never(lane.Jobs.First!))
                first = lane.Jobs.First;
        }
        return first;
    }

    private void PushFirst(WorkspaceState workspace)
    {
        if (FirstPossible(workspace) is { } first)
            Push(first.Lane!);
    }

    private void Push(Lane lane)
    {
        if (lane.Pushed)
            return;
        lane.Pushed = true;
        turns.Enqueue(lane, lane.Jobs.First!);
    }

    private void WakeAt(DateTimeOffset? at)
    {
        if (wake is null || at < wake)
            wake = at;
    }

    private void End()
    {
        state.Claims.Clear();
        foreach (var lane in lent)
            lane.Lent = false;
        lent.Clear();
    }
}
