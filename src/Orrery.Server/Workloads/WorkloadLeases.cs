using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>Which replica moves a workload: a lease by the database's clock. With SQLite there is one process, and it holds everything.</summary>
internal sealed partial class WorkloadLeases(IDatabase database, IOptions<ReconcileOptions> options, TimeProvider clock, ILogger<WorkloadLeases> logger)
    : BackgroundService
{
    private readonly string self = Ids.New("replica");
    private readonly ConcurrentDictionary<string, bool> held = new(StringComparer.Ordinal);

    private long LeaseMicroseconds => (long)(options.Value.LeaseS * 1e6);

    public async Task<bool> Hold(string id, CancellationToken ct)
    {
        if (database.Dialect == SqlDialect.Sqlite || held.ContainsKey(id))
            return true;
        var got = await database.Write(
            work => work.Execute(
                $"""
                 UPDATE workloads SET lease_owner = @self, lease_until = {SqlDialects.PostgresNow} + @LeaseMicroseconds,
                     fence = CASE WHEN lease_owner = @self THEN fence ELSE fence + 1 END
                 WHERE id = @id AND (lease_owner IS NULL OR lease_owner = @self OR lease_until < {SqlDialects.PostgresNow})
                 """,
                new { self, id, LeaseMicroseconds }),
            ct);
        if (got == 1)
            held[id] = true;
        return got == 1;
    }

    public void Release(string id) => held.TryRemove(id, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Dialect == SqlDialect.Sqlite)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RenewS), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Renew(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                held.Clear(); // whoever cannot renew holds nothing
                Log.NotRenewed(logger, error.Message);
            }
        }
    }

    private async Task Renew(CancellationToken ct)
    {
        var ids = held.Keys.ToArray();
        if (ids.Length == 0)
            return;
        var still = await database.Write(
            work => work.Query<string>(
                $"UPDATE workloads SET lease_until = {SqlDialects.PostgresNow} + @LeaseMicroseconds WHERE id = ANY(@ids) AND lease_owner = @self RETURNING id",
                new { ids, self, LeaseMicroseconds }),
            ct);
        foreach (var lost in ids.Except(still))
            held.TryRemove(lost, out _);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Leases could not be renewed: {Reason}")]
        public static partial void NotRenewed(ILogger logger, string reason);
    }
}
