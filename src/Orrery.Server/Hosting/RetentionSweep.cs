using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Storage;

namespace Orrery.Server.Hosting;

/// <summary>Removes what is older than the configuration keeps: ended workloads whole, never a part of one.</summary>
internal sealed partial class RetentionSweep(IDatabase database, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionSweep> logger)
    : BackgroundService
{
    private const int Chunk = 100;
    private static readonly string[] Parts = ["bookings", "program_inputs", "artifacts", "deployments", "stages", "plans", "workload_labels"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SweepS), clock);
        do
        {
            try
            {
                while (await Sweep(stoppingToken) == Chunk)
                    Log.Swept(logger, Chunk);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private Task<int> Sweep(CancellationToken ct) => database.Write(
        async work =>
        {
            var now = clock.GetUtcNow();
            await work.Execute("DELETE FROM idempotency WHERE created_at < @oldest", new { oldest = now.AddHours(-options.Value.IdempotencyHours) });
            await work.Execute("DELETE FROM sessions WHERE expires_at < @now", new { now });
            var ids = await work.Query<string>(
                "SELECT id FROM workloads WHERE finished_at < @oldest ORDER BY finished_at LIMIT @Chunk", new { oldest = now.AddDays(-options.Value.Days), Chunk });
            if (ids.Count == 0)
                return 0;
            await work.Execute($"DELETE FROM events WHERE stream {work.Dialect.In("@ids")}", new { ids });
            await work.Execute($"DELETE FROM event_heads WHERE stream {work.Dialect.In("@ids")}", new { ids });
            foreach (var table in Parts)
                await work.Execute($"DELETE FROM {table} WHERE workload_id {work.Dialect.In("@ids")}", new { ids });
            await work.Execute($"DELETE FROM workloads WHERE id {work.Dialect.In("@ids")}", new { ids });
            return ids.Count;
        },
        ct);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} workloads past their retention.")]
        public static partial void Swept(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The retention sweep stopped: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
