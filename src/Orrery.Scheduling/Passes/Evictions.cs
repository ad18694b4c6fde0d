namespace Orrery.Scheduling;

/// <summary>Chooses running jobs that make room for a head: all that is needed or none, least lost work first, no one for nothing.</summary>
internal sealed class Evictions(ClusterState state)
{
    private readonly List<JobState> candidates = [];
    private readonly List<JobState> chosen = [];

    /// <summary>The chosen ones; valid until the next call.</summary>
    public IReadOnlyList<JobState> Chosen => chosen;

    /// <summary>With the victims that are on their way out, the head fits: nothing more is to be done but to hold the room.</summary>
    public bool FitsAfterVictims(JobState head)
    {
        state.Trial.Begin(head);
        foreach (var victim in head.Workspace.Victims)
            state.Trial.Release(victim);
        return state.Trial.Fits;
    }

    /// <summary>Jobs of the same workspace with strictly lower priority. The trial is left with them gone.</summary>
    public bool TryPreempt(JobState head, DateTimeOffset now)
    {
        candidates.Clear();
        foreach (var job in head.Workspace.Running)
        {
            if (job.EvictedFor is null && job.Priority < head.Priority)
                candidates.Add(job);
        }
        return candidates.Count > 0 && Choose(head, now, null);
    }

    /// <summary>Jobs of workspaces that use more than their quota of what the head's group is short of.</summary>
    public bool TryReclaim(JobState head, DateTimeOffset now)
    {
        var group = head.Workspace.Group!;
        candidates.Clear();
        foreach (var member in group.Members)
        {
            member.Trial = member.Used;
            if (ReferenceEquals(member, head.Workspace))
                continue;
            foreach (var job in member.Running)
            {
                if (job.EvictedFor is not null)
                    member.Trial -= job.Shape.Total;
                else
                    candidates.Add(job);
            }
        }
        var total = head.Shape.Total;
        var isShort = Amounts.WhereOver(new(1, 1, 1), group.Used + total, group.Total);
        return candidates.Count > 0 && Choose(head, now, isShort);
    }

    /// <param name="isShort">For a reclaim: 1 in each resource that is short; null for a preemption.</param>
    private bool Choose(JobState head, DateTimeOffset now, Resources? isShort)
    {
        candidates.Sort((left, right) => ByLoss(left, right, now));
        chosen.Clear();
        var trial = state.Trial;
        trial.Begin(head, mindRights: true); // or a lender would keep the head from what its victims leave, and these would start again
        foreach (var victim in head.Workspace.Victims)
            trial.Release(victim);
        foreach (var job in candidates)
        {
            if (trial.Fits)
                break;
            if (isShort is { } wanted && !Borrows(job, wanted))
                continue;
            trial.Release(job);
            job.Workspace.Trial -= job.Shape.Total;
            chosen.Add(job);
        }
        if (!trial.Fits || chosen.Count == 0)
            return false;
        for (var i = chosen.Count - 1; i >= 0; i--)
        {
            trial.Restore(chosen[i]);
            if (trial.Fits)
                chosen.RemoveAt(i);
            else
                trial.Release(chosen[i]);
        }
        return true;
    }

    private static bool Borrows(JobState job, in Resources wanted)
    {
        var over = Amounts.WhereOver(wanted, job.Workspace.Trial, job.Workspace.Quota);
        var total = job.Shape.Total;
        return (over.CpuMillis > 0 && total.CpuMillis > 0)
            || (over.MemoryBytes > 0 && total.MemoryBytes > 0)
            || (over.Gpus > 0 && total.Gpus > 0);
    }

    /// <summary>Time run so far by all replicas; equal ones by lower priority, then by id.</summary>
    private static int ByLoss(JobState left, JobState right, DateTimeOffset now)
    {
        var byLoss = Loss(left, now).CompareTo(Loss(right, now));
        if (byLoss != 0)
            return byLoss;
        return left.Priority != right.Priority
            ? left.Priority.CompareTo(right.Priority)
            : string.CompareOrdinal(left.Id, right.Id);
    }

    private static Int128 Loss(JobState job, DateTimeOffset now) =>
        job.Began is { } began && began < now ? (Int128)(now - began).Ticks * job.Shape.Replicas : 0;
}
