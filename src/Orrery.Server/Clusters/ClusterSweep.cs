using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Ground;

namespace Orrery.Server.Clusters;

/// <summary>Ends ground stages that nobody waits for any more, removes logs past their time, and ended workloads past theirs.</summary>
internal sealed partial class ClusterSweep(
    IGroundRuns ground, ClusterHost clusters, ClusterStore store, IDatabase database, IOptions<ClusterOptions> options, IOptions<RetentionOptions> retention,
    TimeProvider clock, ILogger<ClusterSweep> logger) : BackgroundService
{
    private const int Chunk = 100;

    private static readonly TimeSpan LogPeriod = TimeSpan.FromHours(1);

    /// <summary>A log is asked to go again for so long after its time: a server may have been down meanwhile.</summary>
    private static readonly TimeSpan LogWindow = TimeSpan.FromDays(30);

    private DateTimeOffset nextLogs;
    private DateTimeOffset nextRemoval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ResyncS), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ground.StopLeftOver(stoppingToken);
                if (clock.GetUtcNow() >= nextLogs)
                    await DiscardLogs(stoppingToken);
                if (clock.GetUtcNow() >= nextRemoval)
                    await RemoveOld(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, error.Message);
            }
        }
    }

    private async Task DiscardLogs(CancellationToken ct)
    {
        var newest = clock.GetUtcNow() - TimeSpan.FromDays(options.Value.LogDays);
        var oldest = newest - LogWindow;
        var old = await database.Read(
            async db => (await db.QueryAsync<(string Id, string Cluster)>(
                "SELECT id, cluster_id FROM cluster_workloads WHERE ended_at > @oldest AND ended_at < @newest", new { oldest, newest })).AsList(),
            ct);
        foreach (var (id, cluster) in old)
        {
            if (clusters.Find(cluster) is { } runtime)
                await runtime.Backend.DiscardLogs(id, ct);
        }
        nextLogs = clock.GetUtcNow() + LogPeriod;
    }

    /// <summary>Ended workloads whole, never a part of one; not what an unfinished one still depends on.</summary>
    private async Task RemoveOld(CancellationToken ct)
    {
        var oldest = clock.GetUtcNow().AddDays(-retention.Value.Days);
        IReadOnlyList<ClusterWorkloadRow> old;
        do
        {
            old = await store.EndedBefore(oldest, Chunk, ct);
            foreach (var row in old)
            {
                if (clusters.Find(row.ClusterId) is { } cluster)
                    await cluster.Backend.DiscardLogs(row.Id, ct); // before the row: nobody would know of them after it
            }
            await store.Commit([.. old.Select(row => new WorkloadChange(row, clock.GetUtcNow()) { Delete = true })], ct);
        }
        while (old.Count == Chunk);
        nextRemoval = clock.GetUtcNow().AddSeconds(retention.Value.SweepS);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep of clusters stopped and comes again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
