using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Registry;

namespace Orrery.Server.Clusters.Loop;

/// <summary>One cluster that this server acts on, or looks on at while another does: its backend, its state, its loop.</summary>
internal sealed class ClusterRuntime : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ClusterServices services;
    private readonly ClusterLoop loop;
    private readonly BackendCalls calls;
    private readonly BackendWatch watch;
    private readonly IClusterLease lease;
    private readonly TimeSpan resync;
    private readonly DateTimeOffset opened;

    public ClusterRuntime(string id, IClusterBackend backend, IClusterLease lease, ClusterServices services, RunSpecReader specs, IOptions<ClusterOptions> options, ILoggerFactory loggers)
    {
        (Id, Backend, this.lease, this.services) = (id, backend, lease, services);
        opened = services.Clock.GetUtcNow();
        var logger = loggers.CreateLogger<ClusterRuntime>();
        State = new ClusterState(new SchedulerOptions { ReclaimAfter = TimeSpan.FromSeconds(options.Value.ReclaimAfterS) });
        calls = new BackendCalls(backend, specs, Inbox, lease, TimeSpan.FromSeconds(options.Value.InputsPatienceS), services.Clock, logger);
        Sync = new BackendSync(calls, Inbox, lease);
        loop = new ClusterLoop(id, State, Inbox, services, Sync, lease, logger);
        watch = new BackendWatch(id, backend, Inbox, services.Clock, logger);
        resync = TimeSpan.FromSeconds(options.Value.ResyncS);
    }

    public string Id { get; }

    public IClusterBackend Backend { get; }

    public ClusterState State { get; }

    public ClusterInbox Inbox { get; } = new();

    public BackendSync Sync { get; }

    /// <summary>This server acts on it; else another does.</summary>
    public bool Acts => lease.Acts;

    /// <summary>Its nodes are known, or have been waited for long enough.</summary>
    public bool HasSettled => Sync.HasReported || services.Clock.GetUtcNow() - opened > Patience;

    /// <summary>Returns when another server acts on it after this one did: what is remembered here is no longer true.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        services.Workspaces.Changed += Inbox.WorkspacesChanged;
        try
        {
            var keeping = lease.Keep(TakeOver, over.Token);
            var work = Task.WhenAll(Task.Run(() => loop.Run(over.Token), over.Token), calls.Run(over.Token), watch.Run(over.Token), Resync(over.Token));
            await await Task.WhenAny(work, keeping);
            await over.CancelAsync();
            await Task.WhenAll(work, keeping);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The server stops, or another has taken over; the database has everything.
        }
        finally
        {
            await over.CancelAsync();
            services.Workspaces.Changed -= Inbox.WorkspacesChanged;
            await lease.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync();
        watch.Dispose();
    }

    /// <summary>Only what the backend tells from now on is news to a server that acts.</summary>
    private void TakeOver()
    {
        watch.Restart();
        Inbox.Resync();
    }

    private async Task Resync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(resync, services.Clock);
        while (await timer.WaitForNextTickAsync(ct))
            Inbox.Resync();
    }
}
