using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Events;
using Orrery.Server.Hosting;

namespace Orrery.Server.Workloads;

/// <summary>Looks at a workload when something of it changed, and at all open ones from time to time; never at one twice at once.</summary>
internal sealed partial class ReconcileHost(
    WorkloadReconciler reconciler, WorkloadStore store, Signals signals, IOptions<ReconcileOptions> options, TimeProvider clock, ILogger<ReconcileHost> logger)
    : BackgroundService
{
    private readonly Channel<string> queue = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal); // true: changed again while it was looked at

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signals.Changed += Enqueue;
        try
        {
            await Task.WhenAll([Resync(stoppingToken), .. Enumerable.Range(0, options.Value.Workers).Select(_ => Task.Run(() => Work(stoppingToken), stoppingToken))]);
        }
        finally
        {
            signals.Changed -= Enqueue;
        }
    }

    private void Enqueue(string id)
    {
        if (Ids.IsOrbitalWorkload(id) && !known.AddOrUpdate(id, _ => false, (_, _) => true))
            queue.Writer.TryWrite(id);
    }

    private async Task Resync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ResyncS), clock);
        do
        {
            try
            {
                foreach (var id in await store.Open(ct))
                    Enqueue(id);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                Log.ResyncFailed(logger, error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task Work(CancellationToken ct)
    {
        await foreach (var id in queue.Reader.ReadAllAsync(ct))
        {
            try
            {
                await reconciler.Reconcile(id, ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                Log.Failed(logger, id, error); // the next signal or resync looks again
            }
            if (!known.TryRemove(new KeyValuePair<string, bool>(id, false)))
            {
                known[id] = false;
                queue.Writer.TryWrite(id);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Workload {Workload} could not be brought further now.")]
        public static partial void Failed(ILogger logger, string workload, Exception error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Open workloads could not be read: {Reason}")]
        public static partial void ResyncFailed(ILogger logger, string reason);
    }
}
