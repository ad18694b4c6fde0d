using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Kubernetes;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Errors;

namespace Orrery.Server.Clusters;

/// <summary>Runs the clusters that this server has a way to, and carries news to their loops.</summary>
internal sealed partial class ClusterHost(
    BackendFactory backends, ClusterRegistry registry, ClusterLeases leases, ClusterServices services, RunSpecReader specs, ClusterStore rows, IOptions<ClusterOptions> options,
    ILoggerFactory loggers, ILogger<ClusterHost> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, ClusterRuntime> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Seat> seats = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1);
    private volatile FrozenDictionary<string, ClusterRow> known = FrozenDictionary<string, ClusterRow>.Empty;
    private CancellationToken stopping;
    private volatile bool isOpen;

    public IReadOnlyCollection<ClusterRuntime> All => [.. running.Values.OrderBy(cluster => cluster.Id, StringComparer.Ordinal)];

    /// <summary>A cluster that this server acts or looks on; null for those of others.</summary>
    public ClusterRuntime? Find(string clusterId) => running.GetValueOrDefault(clusterId);

    /// <summary>A cluster that this server acts on; null for those that others act on.</summary>
    public ClusterRuntime? FindActing(string clusterId) => Find(clusterId) is { Acts: true } cluster ? cluster : null;

    /// <summary>What kind of backend a cluster has; null: there is no such cluster.</summary>
    public string? BackendOf(string clusterId) => known.GetValueOrDefault(clusterId)?.Backend;

    /// <summary>Why a cluster is not among those of this server.</summary>
    public string Absence(string clusterId) => failures.GetValueOrDefault(clusterId)
        ?? (known.GetValueOrDefault(clusterId) is { Backend: BackendFactory.Kubernetes } ? "this server has no way to it" : "another server acts on it; ask that one");

    /// <exception cref="ApiException">ServiceUnavailable: this server has no way to its cluster.</exception>
    public IClusterBackend Backend(ClusterWorkloadRow row) => Find(row.ClusterId)?.Backend
        ?? throw new ApiException(503, "ServiceUnavailable", $"Pods of cluster '{row.ClusterId}' cannot be reached through this server: {Absence(row.ClusterId)}.");

    public void Created(string clusterId, IReadOnlyList<ClusterWorkloadRow> created) => Find(clusterId)?.Inbox.Created(created);

    /// <summary>An endpoint changed a row.</summary>
    public void Touch(ClusterWorkloadRow row)
    {
        Find(row.ClusterId)?.Inbox.Touch(row.Id);
        services.Signals.Publish(row.Id);
    }

    /// <summary>Every cluster has been looked at once, so requests can be checked against its nodes; one that does not answer is not waited for.</summary>
    public bool IsOpen => isOpen && running.Values.All(cluster => cluster.HasSettled);

    /// <summary>Why some cluster cannot do all it should; empty: all is well.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. running.Values.SelectMany(cluster => cluster.Sync.Problems.Select(problem => $"{cluster.Id}: {problem}")),
        .. running.Values.Where(cluster => cluster.Sync.IsLost).Select(cluster => $"{cluster.Id}: it does not answer; nothing changes there until it does"),
        .. failures.Select(failure => $"{failure.Key}: {failure.Value}"),
    ];

    /// <summary>Opens clusters that are new, and closes those that are gone or are reached in another way now.</summary>
    public async Task Reload(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await services.Workspaces.Reload(ct);
            var present = await registry.All(ct);
            known = present.ToFrozenDictionary(cluster => cluster.Id, StringComparer.Ordinal);
            foreach (var (id, seat) in seats.ToList())
            {
                if (seat.Task.IsCompleted || known.GetValueOrDefault(id)?.Version != seat.Cluster.Version)
                    await Close(seat);
            }
            foreach (var cluster in present.Where(cluster => !seats.ContainsKey(cluster.Id)))
                Open(cluster);
        }
        finally
        {
            turn.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stopping = stoppingToken;
        services.Signals.ChangedElsewhere += TouchSoon;
        try
        {
            await Reload(stoppingToken);
            isOpen = true;
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ResyncS), services.Clock);
            while (await timer.WaitForNextTickAsync(stoppingToken)) // another replica may have changed workspaces and clusters: there is no signal for that
                await TryReload(stoppingToken);
        }
        finally
        {
            services.Signals.ChangedElsewhere -= TouchSoon;
            await Task.WhenAll(seats.Values.Select(seat => seat.Task));
        }
    }

    private async Task TryReload(CancellationToken ct)
    {
        try
        {
            await Reload(ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Log.NotReloaded(logger, error.Message);
        }
    }

    private void Open(ClusterRow cluster)
    {
        try
        {
            var lease = leases.Of(cluster);
            if (backends.Open(cluster, lease) is not { } backend)
                return;
            failures.TryRemove(cluster.Id, out _);
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var runtime = running[cluster.Id] = Runtime(cluster, backend, lease);
            seats[cluster.Id] = new Seat(cluster, stop, Task.Run(() => Keep(cluster, runtime, stop.Token), CancellationToken.None));
        }
        catch (KubernetesConfigurationException error)
        {
            if (failures.GetValueOrDefault(cluster.Id) != error.Message)
                Log.NotOpened(logger, cluster.Id, error.Message);
            failures[cluster.Id] = error.Message;
        }
    }

    private async Task Close(Seat seat)
    {
        await seat.Stop.CancelAsync();
        await seat.Task;
        seat.Stop.Dispose();
        seats.Remove(seat.Cluster.Id);
    }

    /// <summary>Runs a cluster, from its beginning again whenever another server has taken it over.</summary>
    private async Task Keep(ClusterRow cluster, ClusterRuntime first, CancellationToken ct)
    {
        var runtime = first;
        while (true)
        {
            try
            {
                await runtime.Run(ct);
            }
            catch (Exception error)
            {
                Log.Failed(logger, cluster.Id, error);
                await Task.Delay(Pause, services.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await runtime.DisposeAsync();
            if (ct.IsCancellationRequested || Again(cluster) is not { } next)
                break;
            running[cluster.Id] = runtime = next;
        }
        running.TryRemove(cluster.Id, out _);
    }

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <returns>Null when there is no way to it now; the next reload looks again.</returns>
    private ClusterRuntime? Again(ClusterRow cluster)
    {
        try
        {
            var lease = leases.Of(cluster);
            return backends.Open(cluster, lease) is { } backend ? Runtime(cluster, backend, lease) : null;
        }
        catch (KubernetesConfigurationException error)
        {
            Log.NotOpened(logger, cluster.Id, error.Message);
            return null;
        }
    }

    private ClusterRuntime Runtime(ClusterRow cluster, IClusterBackend backend, IClusterLease lease) => new(cluster.Id, backend, lease, services, specs, options, loggers);

    private void TouchSoon(string id) => _ = Task.Run(
        async () =>
        {
            if (await rows.Find(id, stopping) is { } row)
                Find(row.ClusterId)?.Inbox.Touch(id);
        },
        stopping);

    /// <param name="Cluster">As it was opened.</param>
    /// <param name="Stop">Ends it.</param>
    /// <param name="Task">Until it has ended.</param>
    private sealed record Seat(ClusterRow Cluster, CancellationTokenSource Stop, Task Task);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Workspaces and clusters could not be read: {Reason}")]
        public static partial void NotReloaded(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster} cannot be opened, which is tried again: {Reason}")]
        public static partial void NotOpened(ILogger logger, string cluster, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Cluster {Cluster} ended and begins again.")]
        public static partial void Failed(ILogger logger, string cluster, Exception error);
    }
}
