using Microsoft.Extensions.Logging;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Registry;

/// <summary>A lease on a cluster's row, by the database's clock. Its holder stops acting by its own clock before anyone else can begin.</summary>
internal sealed partial class SharedLease(string clusterId, string holder, IDatabase database, ReconcileOptions options, TimeProvider clock, ILogger logger) : IClusterLease
{
    private long until; // of this process' own clock; 0: not held

    public bool Acts => clock.GetTimestamp() < Volatile.Read(ref until);

    public async Task Keep(Action gained, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.RenewS), clock);
        do
        {
            var before = Volatile.Read(ref until);
            await Renew(ct);
            if (before != 0 && (!Acts || clock.GetTimestamp() >= before))
                return; // also when it was renewed too late: another may have had it in between
            if (before == 0 && Acts)
                gained();
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    public async Task Check(DbWork work)
    {
        if (await work.Find<string>("SELECT id FROM clusters WHERE id = @clusterId AND acting = @holder FOR SHARE", new { clusterId, holder }) is null)
            throw new LeaseLostException(clusterId);
    }

    public async Task Release()
    {
        if (Interlocked.Exchange(ref until, 0) == 0)
            return;
        try
        {
            await database.Write(work => work.Execute("UPDATE clusters SET acting_until = 0 WHERE id = @clusterId AND acting = @holder", new { clusterId, holder }), CancellationToken.None);
        }
        catch (Exception error)
        {
            Log.NotRenewed(logger, clusterId, error.Message); // it ends by itself
        }
    }

    private async Task Renew(CancellationToken ct)
    {
        var asked = clock.GetTimestamp();
        try
        {
            var got = await database.Write(
                work => work.Execute(
                    $"""
                     UPDATE clusters SET acting = @holder, acting_until = {SqlDialects.PostgresNow} + @lease
                     WHERE id = @clusterId AND (acting IS NULL OR acting = @holder OR acting_until < {SqlDialects.PostgresNow})
                     """,
                    new { clusterId, holder, lease = (long)(options.LeaseS * 1e6) }),
                ct);
            Volatile.Write(ref until, got == 1 ? asked + (long)(options.LeaseS * clock.TimestampFrequency) : 0);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Log.NotRenewed(logger, clusterId, error.Message); // what was had lasts until its time is over
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The lease on cluster {Cluster} could not be renewed: {Reason}")]
        public static partial void NotRenewed(ILogger logger, string cluster, string reason);
    }
}
