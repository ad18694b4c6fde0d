using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Server.Clusters.Loop;

/// <summary>One cluster that this server acts on: its backend, its state, its loop.</summary>
internal sealed class ClusterRuntime : IAsyncDisposable
{
    private readonly ClusterServices services;
    private readonly ClusterLoop loop;
    private readonly BackendCalls calls;
    private readonly BackendWatch watch;
    private readonly TimeSpan resync;

    public ClusterRuntime(string id, IClusterBackend backend, ClusterServices services, RunSpecReader specs, IOptions<ClusterOptions> options, ILoggerFactory loggers)
    {
        (Id, Backend, this.services) = (id, backend, services);
        var logger = loggers.CreateLogger<ClusterRuntime>();
        State = new ClusterState(new SchedulerOptions { ReclaimAfter = TimeSpan.FromSeconds(options.Value.ReclaimAfterS) });
        calls = new BackendCalls(backend, specs, Inbox, services.Clock, logger);
        Sync = new BackendSync(calls, Inbox);
        loop = new ClusterLoop(id, State, Inbox, services, Sync, logger);
        watch = new BackendWatch(id, backend, Inbox, services.Clock, logger);
        resync = TimeSpan.FromSeconds(options.Value.ResyncS);
    }

    public string Id { get; }

    public IClusterBackend Backend { get; }

    public ClusterState State { get; }

    public ClusterInbox Inbox { get; } = new();

    public BackendSync Sync { get; }

    public async Task Run(CancellationToken ct)
    {
        services.Workspaces.Changed += Inbox.WorkspacesChanged;
        try
        {
            await Task.WhenAll(Task.Run(() => loop.Run(ct), ct), calls.Run(ct), watch.Run(ct), Resync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server stops; the database has everything.
        }
        finally
        {
            services.Workspaces.Changed -= Inbox.WorkspacesChanged;
        }
    }

    public ValueTask DisposeAsync() => Backend.DisposeAsync();

    private async Task Resync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(resync, services.Clock);
        while (await timer.WaitForNextTickAsync(ct))
            Inbox.Resync();
    }
}
