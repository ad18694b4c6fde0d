using Microsoft.Extensions.Logging;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Carries a backend's reports into the loop's inbox, again from the start whenever it was out of reach.</summary>
internal sealed partial class BackendWatch(string clusterId, IClusterBackend backend, ClusterInbox inbox, TimeProvider clock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private CancellationTokenSource round = new();

    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var reason = "it ended the watch";
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct, round.Token);
            try
            {
                await foreach (var report in backend.Watch(over.Token))
                    inbox.Report(report);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                if (ct.IsCancellationRequested)
                    return;
                continue; // everything is told again
            }
            catch (Exception error)
            {
                reason = error.Message;
                Log.OutOfReach(logger, clusterId, reason);
            }
            inbox.Report(new BackendReport.Lost(reason));
            await Task.Delay(Pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => round.Dispose();

    /// <summary>Has everything told again.</summary>
    public void Restart() => Interlocked.Exchange(ref round, new CancellationTokenSource()).Cancel();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster} is out of reach: {Reason}")]
        public static partial void OutOfReach(ILogger logger, string cluster, string reason);
    }
}
