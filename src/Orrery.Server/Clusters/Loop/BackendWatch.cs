using Microsoft.Extensions.Logging;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Carries a backend's reports into the loop's inbox, again from the start whenever it was out of reach.</summary>
internal sealed partial class BackendWatch(string clusterId, IClusterBackend backend, ClusterInbox inbox, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await foreach (var report in backend.Watch(ct))
                    inbox.Report(report);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                Log.OutOfReach(logger, clusterId, error.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            inbox.Report(new BackendReport.Lost());
            await Task.Delay(Pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster} is out of reach: {Reason}")]
        public static partial void OutOfReach(ILogger logger, string cluster, string reason);
    }
}
