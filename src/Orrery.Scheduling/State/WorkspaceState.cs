namespace Orrery.Scheduling;

/// <summary>A workspace with its queue and what it uses.</summary>
internal sealed class WorkspaceState(string id)
{
    private readonly Dictionary<LaneKey, Lane> laneOf = [];

    public string Id { get; } = id;

    /// <summary>Null as long as jobs came before the workspace: then they wait.</summary>
    public WorkspaceSpec? Spec { get; set; }

    public GroupState? Group { get; set; }

    public Resources Quota { get; set; }

    /// <summary>Quota and what it may borrow.</summary>
    public Resources Limit { get; set; }

    public Resources Used { get; set; }

    public JobQueue Queue { get; } = new();

    public List<Lane> Lanes { get; } = [];

    public HashSet<JobState> Running { get; } = [];

    /// <summary>Waiting ones outside the queue.</summary>
    public int Outside { get; set; }

    /// <summary>Running jobs that make room for this workspace's head.</summary>
    public HashSet<JobState> Victims { get; } = [];

    /// <summary>What its head would take of its own quota; kept from borrowers.</summary>
    public Resources Need { get; set; }

    /// <summary>What its head would take of its own quota, if it had the nodes.</summary>
    public Resources Right { get; private set; }

    /// <summary>In the running pass: the first that could not start.</summary>
    public JobState? Head { get; set; }

    /// <summary>In the running pass: nothing more starts.</summary>
    public bool Closed { get; set; }

    /// <summary>In the running pass: its head's claim was looked for.</summary>
    public bool Claimed { get; set; }

    /// <summary>What it would use while victims are chosen.</summary>
    public Resources Trial { get; set; }

    public void Enqueue(JobState job)
    {
        Queue.Add(job);
        var key = new LaneKey(job.Shape, job.Remaining);
        if (!laneOf.TryGetValue(key, out var lane))
        {
            lane = new(this, key) { Index = Lanes.Count };
            laneOf.Add(key, lane);
            Lanes.Add(lane);
        }
        lane.Jobs.Add(job);
        job.Lane = lane;
    }

    public void Dequeue(JobState job)
    {
        Queue.Remove(job);
        var lane = job.Lane!;
        lane.Jobs.Remove(job);
        job.Lane = null;
        if (lane.Jobs.Count > 0)
            return;
        laneOf.Remove(lane.Key);
        var last = Lanes[^1];
        (Lanes[lane.Index], last.Index) = (last, lane.Index);
        Lanes.RemoveAt(Lanes.Count - 1);
    }

    /// <summary>Its own limit, and the group's total, leave room for this much more.</summary>
    public bool HasQuota(in Resources total) =>
        (Used + total).FitsIn(Limit) && (Group is null || (Group.Used + total).FitsIn(Group.Total));

    public bool WithinQuota(in Resources total) => (Used + total).FitsIn(Quota);

    /// <summary>Where this goes beyond the own quota, the group still has what the heads of its lenders need.</summary>
    public bool LeavesNeeds(in Resources total)
    {
        if (Group is null || WithinQuota(total))
            return true;
        var needs = Amounts.WhereOver(Group.Need - Need, Used + total, Quota);
        return (Group.Used + total + needs).FitsIn(Group.Total);
    }

    public void SetNeed(in Resources need)
    {
        if (Group is not null)
            Group.Need += need - Need;
        Need = need;
    }

    public void SetRight(in Resources right)
    {
        if (Group is not null)
            Group.Right += right - Right;
        Right = right;
    }
}
