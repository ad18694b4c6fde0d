using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Ground;

namespace Orrery.Server.Clusters;

/// <summary>Ends ground stages that nobody waits for any more, and removes logs past their time.</summary>
internal sealed partial class ClusterSweep(
    IGroundRuns ground, ClusterHost clusters, IDatabase database, IOptions<ClusterOptions> options, TimeProvider clock, ILogger<ClusterSweep> logger) : BackgroundService
{
    private static readonly TimeSpan LogPeriod = TimeSpan.FromHours(1);

    /// <summary>A log is asked to go again for so long after its time: a server may have been down meanwhile.</summary>
    private static readonly TimeSpan LogWindow = TimeSpan.FromDays(30);

    private DateTimeOffset nextLogs;

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

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep of clusters stopped and comes again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
