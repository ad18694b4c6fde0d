using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Storage;

namespace Orrery.Server.Artifacts;

/// <summary>Lets go of artifacts past their time, then of bytes that nothing refers to.</summary>
internal sealed partial class ArtifactSweep(IDatabase database, ContentLedger ledger, IOptions<ArtifactOptions> options, TimeProvider clock, ILogger<ArtifactSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SweepS), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LetGo(stoppingToken);
                while (await ledger.Sweep(clock.GetUtcNow().AddHours(-options.Value.UnusedHours), stoppingToken) is var removed and > 0)
                    Log.Removed(logger, removed);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, error.Message);
            }
        }
    }

    private Task<int> LetGo(CancellationToken ct) => database.Write(
        async work =>
        {
            var old = new { oldest = clock.GetUtcNow().AddDays(-options.Value.Days), now = clock.GetUtcNow() };
            const string Ended = "workload_id IN (SELECT id FROM workloads WHERE finished_at IS NOT NULL AND finished_at < ";
            await work.Execute($"DELETE FROM program_inputs WHERE {Ended} @oldest)", old);
            await work.Execute($"DELETE FROM artifacts WHERE scope = 'state' AND {Ended} @now)", old); // nobody will read it
            return await work.Execute($"DELETE FROM artifacts WHERE {Ended} @oldest)", old);
        },
        ct);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} contents that nothing refers to.")]
        public static partial void Removed(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep of artifacts stopped and comes again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
