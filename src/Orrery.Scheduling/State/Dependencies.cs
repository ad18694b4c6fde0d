namespace Orrery.Scheduling;

/// <summary>Who waits for whom.</summary>
internal sealed class Dependencies
{
    private readonly Dictionary<string, HashSet<JobState>> dependents = [];
    private readonly SortedSet<string> failed = new(StringComparer.Ordinal);

    // Outcomes since the last pass, so that a dependent submitted after its dependency ended is treated as if it came before.
    private readonly Dictionary<string, bool> ended = [];

    /// <summary>Some dependency failed since the last pass.</summary>
    public bool AnyFailed => failed.Count > 0;

    public void Add(JobState job)
    {
        job.Unmet = null;
        foreach (var id in job.Job.DependsOn)
        {
            if (ended.TryGetValue(id, out var succeeded) && succeeded)
                continue;
            (job.Unmet ??= []).Add(id);
            if (!dependents.TryGetValue(id, out var waiting))
            {
                waiting = [];
                dependents.Add(id, waiting);
            }
            waiting.Add(job);
        }
    }

    public void Remove(JobState job)
    {
        if (job.Unmet is null)
            return;
        foreach (var id in job.Unmet)
            Unlink(id, job);
        job.Unmet = null;
    }

    /// <summary>A job ended. Those who now have no dependency left are given to <paramref name="met"/>.</summary>
    public void End(string id, bool succeeded, Action<JobState> met)
    {
        ended[id] = succeeded;
        if (!succeeded)
        {
            failed.Add(id);
            return;
        }
        if (!dependents.Remove(id, out var waiting))
            return;
        foreach (var job in waiting)
        {
            job.Unmet!.Remove(id);
            if (job.Unmet.Count > 0)
                continue;
            job.Unmet = null;
            met(job);
        }
    }

    /// <summary>Jobs that can never start, wave by wave, each wave by id and each job with the first dependency of its wave.</summary>
    public void Spread(List<DependencyFailure> failures, List<JobState> struck)
    {
        var wave = failed.ToArray();
        while (wave.Length > 0)
        {
            var next = new SortedDictionary<string, JobState>(StringComparer.Ordinal);
            foreach (var id in wave)
            {
                if (!dependents.TryGetValue(id, out var waiting))
                    continue;
                foreach (var job in waiting)
                {
                    if (job.FailedBy is null && job.Place == JobPlace.Outside && next.TryAdd(job.Id, job))
                        job.FailedBy = id;
                }
            }
            foreach (var (id, job) in next)
            {
                failures.Add(new(id, job.FailedBy!));
                struck.Add(job);
            }
            wave = [.. next.Keys];
        }
    }

    /// <summary>A pass has dealt with all that ended.</summary>
    public void Settle()
    {
        failed.Clear();
        ended.Clear();
    }

    private void Unlink(string id, JobState job)
    {
        if (dependents.TryGetValue(id, out var waiting) && waiting.Remove(job) && waiting.Count == 0)
            dependents.Remove(id);
    }
}
