using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Errors;

namespace Orrery.Server.Clusters;

/// <summary>Runs the clusters that this server acts on, and carries news to their loops.</summary>
internal sealed partial class ClusterHost(
    BackendFactory backends, WorkspaceStore store, ClusterServices services, RunSpecReader specs, ClusterStore rows, IOptions<ClusterOptions> options,
    ILoggerFactory loggers, ILogger<ClusterHost> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, ClusterRuntime> running = new(StringComparer.Ordinal);

    private volatile bool isOpen;

    public IReadOnlyCollection<ClusterRuntime> All => [.. running.Values.OrderBy(cluster => cluster.Id, StringComparer.Ordinal)];

    /// <summary>A cluster that this server acts on; null for those of others.</summary>
    public ClusterRuntime? Find(string clusterId) => running.GetValueOrDefault(clusterId);

    /// <exception cref="ApiException">ServiceUnavailable: another server acts on its cluster.</exception>
    public IClusterBackend Backend(ClusterWorkloadRow row) => Find(row.ClusterId)?.Backend
        ?? throw new ApiException(503, "ServiceUnavailable", $"Pods of cluster '{row.ClusterId}' are reached through the server that acts on it.");

    public void Created(string clusterId, IReadOnlyList<ClusterWorkloadRow> created) => Find(clusterId)?.Inbox.Created(created);

    /// <summary>An endpoint changed a row.</summary>
    public void Touch(ClusterWorkloadRow row)
    {
        Find(row.ClusterId)?.Inbox.Touch(row.Id);
        services.Signals.Publish(row.Id);
    }

    /// <summary>Every cluster has been looked at once, so requests can be checked against its nodes.</summary>
    public bool IsOpen => isOpen && running.Values.All(cluster => cluster.Sync.HasReported);

    /// <summary>Why some cluster cannot do all it should; empty: all is well.</summary>
    public IReadOnlyList<string> Problems => [.. running.Values.SelectMany(cluster => cluster.Sync.Problems.Select(problem => $"{cluster.Id}: {problem}"))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        services.Signals.ChangedElsewhere += TouchSoon;
        try
        {
            await services.Workspaces.Reload(stoppingToken);
            var clusters = await store.Clusters(stoppingToken);
            var loops = new List<Task> { KeepWorkspaces(stoppingToken) };
            foreach (var cluster in clusters)
            {
                if (backends.Open(cluster) is not { } backend)
                    continue;
                var runtime = new ClusterRuntime(cluster.Id, backend, services, specs, options, loggers);
                running[cluster.Id] = runtime;
                loops.Add(runtime.Run(stoppingToken));
            }
            isOpen = true;
            await Task.WhenAll(loops);
        }
        finally
        {
            services.Signals.ChangedElsewhere -= TouchSoon;
            foreach (var runtime in running.Values)
                await runtime.DisposeAsync();
        }
    }

    /// <summary>Another replica changed workspaces: there is no signal for that.</summary>
    private async Task KeepWorkspaces(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ResyncS), services.Clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await services.Workspaces.Reload(ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                Log.NotReloaded(logger, error.Message);
            }
        }
    }

    private void TouchSoon(string id) => _ = Task.Run(async () =>
    {
        if (await rows.Find(id, CancellationToken.None) is { } row)
            Find(row.ClusterId)?.Inbox.Touch(id);
    });

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Workspaces could not be read: {Reason}")]
        public static partial void NotReloaded(ILogger logger, string reason);
    }
}
