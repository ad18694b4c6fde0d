namespace Orrery.Scheduling.Tests;

/// <summary>The load by which Kueue measures its admission, in virtual time: 5 groups of 6 workspaces, 15,000 jobs, quota alone counts.</summary>
internal static class AdmissionLoad
{
    private const int Groups = 5;
    private const int PerGroup = 6;

    /// <summary>Class of jobs: how many, created how often, running how long, of how many cores, at what priority.</summary>
    private static readonly (string Name, int Count, int EveryMs, int RunsMs, int Cores, int Priority)[] Classes =
    [
        ("small", 350, 100, 200, 1, 0), ("medium", 100, 500, 500, 5, 1), ("large", 50, 1200, 1000, 20, 2),
    ];

    /// <summary>When the last job ended, and which share of the quota was used until then.</summary>
    public static (TimeSpan End, double Used) Run(QueuePolicy policy)
    {
        var scheduler = new ClusterScheduler(new());
        var zero = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        scheduler.SetNode(new() { Name = "all", Capacity = new(10_000_000, 1L << 50, 0) });
        var coming = new PriorityQueue<(Job Job, TimeSpan Runs, bool Ends), (long, int)>();
        var jobs = new Dictionary<string, (Job Job, TimeSpan Runs)>();
        var sequence = 0;
        for (var workspace = 0; workspace < Groups * PerGroup; workspace++)
            AddWorkspace($"w{workspace:D2}", $"g{workspace / PerGroup}");
        var (coreSeconds, end) = (0.0, TimeSpan.Zero);
        while (coming.TryPeek(out _, out var due))
        {
            var at = TimeSpan.FromTicks(due.Item1);
            while (coming.TryPeek(out var next, out var when) && when.Item1 == due.Item1)
            {
                coming.Dequeue();
                if (!next.Ends)
                {
                    scheduler.Submit(next.Job);
                    continue;
                }
                scheduler.Release(next.Job.Id, true);
                coreSeconds += next.Job.Request.CpuMillis / 1000.0 * next.Runs.TotalSeconds;
                end = at;
            }
            foreach (var admission in scheduler.Pass(zero + at).Admissions)
            {
                var (job, runs) = jobs[admission.JobId];
                coming.Enqueue((job, runs, true), ((at + runs).Ticks, sequence++));
            }
        }
        return (end, coreSeconds / (Groups * PerGroup * 20 * end.TotalSeconds));

        void AddWorkspace(string id, string group)
        {
            scheduler.SetWorkspace(new() { Id = id, Group = group, Quota = new(20_000, null, null), BorrowingLimit = new(100_000, null, null), Policy = policy });
            foreach (var kind in Classes)
            {
                for (var i = 0; i < kind.Count; i++)
                {
                    var created = TimeSpan.FromMilliseconds(i * kind.EveryMs);
                    var job = new Job
                    {
                        Id = $"{id}-{kind.Name}-{i:D3}",
                        WorkspaceId = id,
                        Priority = kind.Priority,
                        CreatedAt = zero + created,
                        Request = new(kind.Cores * 1000, 0, 0),
                    };
                    jobs.Add(job.Id, (job, TimeSpan.FromMilliseconds(kind.RunsMs)));
                    coming.Enqueue((job, TimeSpan.FromMilliseconds(kind.RunsMs), false), (created.Ticks, sequence++));
                }
            }
        }
    }
}
