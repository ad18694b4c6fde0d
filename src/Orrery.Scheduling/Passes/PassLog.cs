namespace Orrery.Scheduling;

/// <summary>What a pass did: its result, and all that is needed to take it back.</summary>
internal sealed class PassLog
{
    private readonly List<(JobState Job, DateTimeOffset? BlockedSince, DateTimeOffset? LentSince, DrainPlan? Drain)> patience = [];

    public List<Admission> Admissions { get; } = [];

    public List<JobState> Admitted { get; } = [];

    public List<Preemption> Preemptions { get; } = [];

    public List<JobState> Evicted { get; } = [];

    public List<DependencyFailure> Failures { get; } = [];

    public List<JobState> Struck { get; } = [];

    public List<JobState> CameDue { get; } = [];

    /// <summary>Remembers how long a head has waited before the pass changes that.</summary>
    public void Note(JobState head) => patience.Add((head, head.BlockedSince, head.LentSince, head.Drain));

    public PassResult Result(DateTimeOffset? wake) => new()
    {
        Admissions = Admissions,
        Preemptions = Preemptions,
        DependencyFailures = Failures,
        NextWake = wake,
    };

    public void TakeBack(ClusterState state)
    {
        foreach (var job in Evicted)
        {
            job.EvictedFor!.Victims.Remove(job);
            job.EvictedFor = null;
        }
        foreach (var job in Admitted)
        {
            state.Unplace(job);
            job.Place = JobPlace.Outside;
            job.Workspace.Outside++;
            state.Queue(job);
        }
        foreach (var job in Struck)
            job.FailedBy = null;
        foreach (var job in CameDue)
        {
            if (job.Place == JobPlace.Queued)
                state.Unqueue(job);
            job.Due = false;
            state.Delayed.Add(job);
        }
        for (var i = patience.Count - 1; i >= 0; i--)
            (patience[i].Job.BlockedSince, patience[i].Job.LentSince, patience[i].Job.Drain) = (patience[i].BlockedSince, patience[i].LentSince, patience[i].Drain);
    }
}
