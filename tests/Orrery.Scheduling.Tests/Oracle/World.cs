namespace Orrery.Scheduling.Tests.Oracle;

/// <summary>The same world as the scheduler's, kept and judged by brute force: every question is answered by adding up everything again.</summary>
public sealed class World(Scenario scenario)
{
    public sealed record Run(Job Job, IReadOnlyList<string> Nodes, DateTimeOffset Began)
    {
        public DateTimeOffset? EndsBy => Began + Job.Timeout;
    }

    public List<Run> Running { get; } = [];

    public List<Job> Waiting { get; } = [];

    public IEnumerable<Job> Queue(string workspace) => InOrder(Waiting.Where(job => job.WorkspaceId == workspace));

    public static IEnumerable<Job> InOrder(IEnumerable<Job> jobs) =>
        jobs.OrderByDescending(job => job.Priority).ThenBy(job => job.CreatedAt).ThenBy(job => job.Id, StringComparer.Ordinal);

    public WorkspaceSpec Workspace(string id) => scenario.Workspaces.Single(workspace => workspace.Id == id);

    public static int Replicas(Job job) => job.SpecifiedNodes.Count > 0 ? job.SpecifiedNodes.Count : job.Replicas;

    public long Cpu(string workspace, IEnumerable<Run> running) => running.Where(run => run.Job.WorkspaceId == workspace).Sum(run => run.Job.Request.CpuMillis * Replicas(run.Job));

    /// <summary>Would fit beside these, by nodes, quota and group; and, when it borrows, beside what heads of lenders wait for.</summary>
    public bool Fits(Job job, IReadOnlyCollection<Run> running, bool mindLenders = false) => FitsQuota(job, running, mindLenders) && FitsNodes(job, running);

    public bool FitsQuota(Job job, IReadOnlyCollection<Run> running, bool mindLenders = false)
    {
        var spec = Workspace(job.WorkspaceId);
        if (spec.Quota.CpuMillis is not { } quota)
            return true;
        var (asked, used) = (job.Request.CpuMillis * Replicas(job), Cpu(spec.Id, running));
        if (used + asked > quota + (spec.Group is null ? 0 : spec.BorrowingLimit.CpuMillis!.Value))
            return false;
        if (spec.Group is null)
            return true;
        var total = scenario.Workspaces.Sum(workspace => workspace.Quota.CpuMillis!.Value);
        if (scenario.Workspaces.Sum(workspace => Cpu(workspace.Id, running)) + asked > total)
            return false;
        return !mindLenders || used + asked <= quota || !scenario.Workspaces.Exists(other => other.Id != spec.Id && Queue(other.Id).Any());
    }

    public bool FitsNodes(Job job, IEnumerable<Run> running)
    {
        var free = scenario.Nodes.ToDictionary(node => node.Name, node => node.Capacity);
        foreach (var run in running)
        {
            foreach (var node in run.Nodes)
                free[node] -= run.Job.Request;
        }
        var placed = 0;
        foreach (var node in scenario.Nodes.Where(node => Suits(job, node)))
        {
            while (placed < Replicas(job) && job.Request.FitsIn(free[node.Name]))
            {
                free[node.Name] -= job.Request;
                placed++;
                if (job.SpecifiedNodes.Count > 0)
                    break;
            }
        }
        return placed == Replicas(job);
    }

    /// <summary>The first known end after which it fits, or now; null when known ends are not enough.</summary>
    public DateTimeOffset? EarliestStart(Job job, IReadOnlyCollection<Run> running, DateTimeOffset now)
    {
        if (Fits(job, running))
            return now;
        foreach (var end in running.Select(run => run.EndsBy).Where(end => end is not null).Order())
        {
            if (Fits(job, [.. running.Where(run => run.EndsBy is not { } ends || ends > end)]))
                return end > now ? end : now;
        }
        return null;
    }

    /// <summary>Takes a pass over and checks that it broke nothing.</summary>
    public void Take(PassResult result, DateTimeOffset now)
    {
        foreach (var admission in result.Admissions)
        {
            var job = Waiting.Single(job => job.Id == admission.JobId);
            admission.Nodes.Count.ShouldBe(Replicas(job), "a gang starts whole");
            if (job.SpecifiedNodes.Count > 0)
                admission.Nodes.ShouldBe(job.SpecifiedNodes);
            foreach (var node in admission.Nodes)
                Suits(job, scenario.Nodes.Single(spec => spec.Name == node)).ShouldBeTrue($"{job} on {node}");
            FitsQuota(job, Running).ShouldBeTrue($"quota for {job}");
            Waiting.Remove(job);
            Running.Add(new(job, admission.Nodes, now));
        }
        foreach (var node in scenario.Nodes)
        {
            var used = Running.Aggregate(default(Resources), (sum, run) => sum + run.Job.Request * run.Nodes.Count(name => name == node.Name));
            used.FitsIn(node.Capacity).ShouldBeTrue($"{node.Name} holds {used}");
        }
    }

    private static bool Suits(Job job, NodeSpec node) => node.Schedulable
        && (job.TolerateAll || node.Taints.Count == 0)
        && job.Labels.All(label => node.Labels.TryGetValue(label.Key, out var value) && value == label.Value)
        && (job.SpecifiedNodes.Count == 0 || job.SpecifiedNodes.Contains(node.Name));
}
