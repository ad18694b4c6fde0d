using System.Globalization;
using Orrery.Scheduling;

namespace Orrery.Bench;

/// <summary>The scheduler of cluster workloads in process: filling a large cluster, and passes over one that is full.</summary>
internal static class SchedulingBench
{
    private const int NodeCount = 5_000;
    private const int JobCount = 100_000;
    private const int WorkspaceCount = 200;
    private const int Rounds = 5;
    private const int Passes = 1_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Resources[] Requests =
    [
        new(500, 1L << 30, 0), new(1_000, 4L << 30, 0), new(2_000, 4L << 30, 0), new(4_000, 16L << 30, 1), new(1_000, 2L << 30, 0),
    ];

    public static void Run()
    {
        Report.Row($"{JobCount:N0} waiting jobs in {WorkspaceCount} workspaces onto {NodeCount:N0} nodes", Placements());
        Report.Row("the same with two replicas a job", Gangs());
        Full();
        Single();
    }

    private static string Placements()
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var scheduler = Cluster(NodeCount, cores: 64);
            Fill(scheduler, JobCount, WorkspaceCount, replicas: 1, shapes: Requests.Length);
            var (seconds, placed) = Timed(() => scheduler.Pass(Start).Admissions.Count);
            best = Math.Min(best, seconds / placed);
        }
        return $"{1 / best:N0} placements/s";
    }

    private static string Gangs()
    {
        var scheduler = Cluster(NodeCount, cores: 128);
        Fill(scheduler, JobCount, WorkspaceCount, replicas: 2, shapes: Requests.Length);
        var (seconds, placed) = Timed(() => scheduler.Pass(Start).Admissions.Count);
        return $"{placed / seconds:N0} jobs/s ({placed:N0} started)";
    }

    /// <summary>A full cluster with everything waiting: many shapes, so that many lanes are looked at again.</summary>
    private static void Full()
    {
        var scheduler = Cluster(NodeCount, cores: 4);
        Fill(scheduler, JobCount, WorkspaceCount, replicas: 1, shapes: 50);
        scheduler.Pass(Start);
        var waiting = Enumerable.Range(0, WorkspaceCount).Sum(i => scheduler.Use($"w{i}").Waiting);
        scheduler.Pass(Start);
        var times = new List<double>();
        for (var i = 0; i < Passes / 10; i++)
        {
            // A node that no job can use makes every shape be tried again.
            scheduler.SetNode(new() { Name = "tainted", Capacity = new(1_000 + i, 0, 0), Taints = ["off"] });
            scheduler.Pass(Start);
            scheduler.Submit(new() { Id = $"extra{i}", WorkspaceId = "w0", CreatedAt = Start.AddDays(1), Request = new(900_000, 0, 0) });
            times.Add(Timed(() => scheduler.Pass(Start).Admissions.Count).Seconds);
        }
        times.Sort();
        Report.Row($"a pass that changes nothing, {waiting:N0} waiting", $"p50 {times[times.Count / 2] * 1e3:N2} ms, p99 {Report.Percentile(times, 0.99) * 1e3:N2} ms");
        var ids = Enumerable.Range(JobCount - 1_000, 1_000).Select(i => $"j{i}").Where(scheduler.Contains).ToArray();
        var explained = Timed(() => ids.Count(id => scheduler.Explain(id, Start).Code.Length > 0));
        Report.Row($"explanations, {ids.Length} rows", $"{explained.Seconds / ids.Length * 1e6:N1} µs each");
    }

    private static void Single()
    {
        var scheduler = Cluster(100, cores: 64);
        Fill(scheduler, 25_000, 30, replicas: 1, shapes: Requests.Length);
        var running = new Queue<string>(scheduler.Pass(Start).Admissions.Select(admission => admission.JobId));
        var waiting = Enumerable.Range(0, 30).Sum(i => scheduler.Use($"w{i}").Waiting);
        var times = new List<double>();
        for (var i = 0; i < Passes && running.Count > 0; i++)
        {
            scheduler.Release(running.Dequeue(), true);
            times.Add(Timed(() =>
            {
                var result = scheduler.Pass(Start);
                foreach (var admission in result.Admissions)
                    running.Enqueue(admission.JobId);
                return 0;
            }).Seconds);
        }
        times.Sort();
        Report.Row($"a pass after one release, 30 workspaces, {waiting:N0} waiting", $"p50 {times[times.Count / 2] * 1e6:N1} µs, p99 {Report.Percentile(times, 0.99) * 1e6:N1} µs");
    }

    private static ClusterScheduler Cluster(int nodes, int cores)
    {
        var scheduler = new ClusterScheduler(new());
        for (var i = 0; i < nodes; i++)
            scheduler.SetNode(new() { Name = $"n{i}", Capacity = new(cores * 1_000L, cores * 8L << 30, i % 4 == 0 ? 8 : 0) });
        return scheduler;
    }

    private static void Fill(ClusterScheduler scheduler, int jobs, int workspaces, int replicas, int shapes)
    {
        for (var i = 0; i < workspaces; i++)
            scheduler.SetWorkspace(new() { Id = $"w{i}", Group = $"g{i % 20}", Quota = new(100_000_000, null, null) });
        for (var i = 0; i < jobs; i++)
        {
            scheduler.Submit(new()
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"j{i}"),
                WorkspaceId = $"w{i % workspaces}",
                Priority = i % 3,
                CreatedAt = Start.AddSeconds(-i % 10_000),
                Replicas = replicas,
                Request = Requests[i / workspaces % Requests.Length] + new Resources(100L * (i / workspaces % shapes / Requests.Length), 0, 0),
            });
        }
    }

    private static (double Seconds, int Result) Timed(Func<int> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = work();
        return (TimeProvider.System.GetElapsedTime(began).TotalSeconds, result);
    }
}
