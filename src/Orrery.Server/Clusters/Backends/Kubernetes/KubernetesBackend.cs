using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Scheduling;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends.Kubernetes.Files;
using Orrery.Server.Clusters.Backends.Kubernetes.Logs;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Shells;
using Orrery.Server.Clusters.Backends.Kubernetes.State;
using Orrery.Server.Clusters.Backends.Kubernetes.Work;

namespace Orrery.Server.Clusters.Backends.Kubernetes;

/// <summary>Pods are pods: a Kubernetes cluster runs them, and its watches tell how they stand.</summary>
internal sealed partial class KubernetesBackend : IClusterBackend
{
    private readonly KubernetesClient client;
    private readonly Func<bool> acts;
    private readonly Func<CancellationToken, Task> confirm;
    private readonly KubernetesOptions options;
    private readonly ILogger logger;
    private readonly NamespaceKeeper namespaces;
    private readonly TimeProvider clock;
    private readonly string instance;
    private readonly IContentStore contents;
    private readonly ClusterCache cache;
    private readonly KeptLogs kept;
    private readonly LogReader logs;
    private readonly PodShells shells;
    private readonly HangWatch hangs;
    private readonly FileGiver files;
    private readonly PodFileReader left;
    private readonly Reconciler reconciler;
    private readonly ConcurrentDictionary<string, TrackedWorkload> waiting = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private readonly Task working;
    private volatile Channel<BackendReport>? feed;
    private volatile bool hasKubeflow;
    private volatile bool isAnother;
    private IReadOnlyList<NodeSpec> told = [];
    private DateTimeOffset nextQuotas;

    /// <param name="client">Of the cluster; it is disposed of with this.</param>
    /// <param name="instance">Labels what is made: no other installation's objects are touched.</param>
    /// <param name="kept">Logs of pods that are gone.</param>
    /// <param name="contents">What programs are given.</param>
    /// <param name="most">Quota and borrowing limit of a workspace together; null: no such workspace.</param>
    /// <param name="acts">Whether anything may be changed there; else this looks on.</param>
    /// <param name="confirm">Throws when another cluster answers than the one that is meant.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Told what is tried again.</param>
    public KubernetesBackend(KubernetesClient client, string instance, KeptLogs kept, IContentStore contents, Func<string, ResourceLimits?> most, Func<bool> acts, Func<CancellationToken, Task> confirm, KubernetesOptions options, TimeProvider clock, ILogger logger)
    {
        (this.client, this.instance, this.kept, this.contents, this.acts, this.confirm, this.options, this.clock, this.logger) = (client, instance, kept, contents, acts, confirm, options, clock, logger);
        namespaces = new NamespaceKeeper(client, instance, most);
        cache = new ClusterCache(instance, clock, Changed);
        logs = new LogReader(client, kept, Place, clock);
        shells = new PodShells(client);
        hangs = new HangWatch(client, clock, stop.Token);
        left = new PodFileReader(client, PodFolders.Tell, clock);
        files = new FileGiver(client, contents, Changed, options, clock, logger, stop.Token);
        reconciler = new Reconciler(client, new RunMaker(client, namespaces, instance, () => hasKubeflow), new RunRemover(client), new LogKeeper(client, kept, stop.Token), MayAct, options, clock, logger) { Done = Settle };
        working = Task.WhenAll(reconciler.Run(stop.Token), Look(stop.Token));
    }

    public string Name => BackendFactory.Kubernetes;

    public Task Apply(RunSpec run, CancellationToken ct) => Telling(() => Make(run, ct));

    public Task Remove(string workloadId, CancellationToken ct) => Telling(() => End(workloadId, ct));

    private async Task Make(RunSpec run, CancellationToken ct)
    {
        if (run.Run <= cache.RemovedRun(run.WorkloadId))
        {
            Tell(Removed(run.WorkloadId));
            return;
        }
        if (run.Files is { } given && cache.Find(run.WorkloadId)?.HasPodsOf(run.Run) != true)
            await Check(new GivenArchive(given.Given, contents), ct);
        var isLate = false;
        var workload = cache.With(run.WorkloadId, known =>
        {
            isLate = run.Run < known.Run; // a newer one is there
            if (!isLate)
                known.Begin(run);
        });
        if (!isLate)
            await reconciler.Reconcile(workload, ct);
    }

    /// <summary>Before anything takes room on a node.</summary>
    private static async Task Check(GivenArchive archive, CancellationToken ct)
    {
        try
        {
            await archive.Check(ct);
        }
        catch (ContentUnavailableException away)
        {
            throw new BackendRefusedException($"what its program is given cannot be had: {away.Message}", away);
        }
    }

    private async Task End(string workloadId, CancellationToken ct)
    {
        var workload = cache.With(workloadId, known =>
        {
            if (known.IsRemoving)
                return;
            known.IsRemoving = true;
            known.Left.UnionWith(known.Sent.Where(item => item.Plural != Marks.Complete));
            if (known.Workspace is not null)
                known.Left.Add(new ObjectRef(ResourceTypes.Secrets.Plural, workloadId));
        });
        await reconciler.Reconcile(workload, ct);
    }

    public async IAsyncEnumerable<BackendReport> Watch([EnumeratorCancellation] CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct, stop.Token);
        await Confirm(over.Token);
        hasKubeflow = await client.Has(ResourceTypes.PyTorchJobs, over.Token);
        var reports = Channel.CreateUnbounded<BackendReport>();
        var watch = new ClusterWatch(client, cache, instance, Confirm);
        var watching = Task.Run(() => watch.Run(hasKubeflow, over.Token), CancellationToken.None);
        try
        {
            await await Task.WhenAny(watch.Complete, watching);
            _ = watching.ContinueWith(ended => reports.Writer.TryComplete(ended.Exception?.GetBaseException()), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            yield return Snapshot(reports);
            await foreach (var report in reports.Reader.ReadAllAsync(over.Token))
                yield return report;
        }
        finally
        {
            feed = null;
            await over.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public IAsyncEnumerable<PodLine> Logs(PodRef pod, PodLogQuery query, CancellationToken ct) => logs.Read(pod, query, ct);

    public async IAsyncEnumerable<LeftFile> Files(PodRef pod, [EnumeratorCancellation] CancellationToken ct)
    {
        await Confirm(ct); // what another cluster does not have is not lost
        await foreach (var file in left.Read(pod, ct))
            yield return file;
    }

    public Task DiscardLogs(string workloadId, CancellationToken ct) => kept.Discard(workloadId, ct);

    public async Task<IReadOnlyList<string>> Shells(PodRef pod, CancellationToken ct) => Place(pod) is { } place ? await shells.Find(place, ct) : [];

    public Task<WebSocket> OpenShell(PodRef pod, ShellRequest request, CancellationToken ct) =>
        Place(pod) is { } place ? shells.Open(place, request, ct) : throw new InvalidOperationException($"Pod '{pod.PodId}' is not there.");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        files.Dispose();
        client.Dispose();
        stop.Dispose();
    }

    private bool MayAct() => !isAnother && acts();

    private async Task Confirm(CancellationToken ct)
    {
        try
        {
            await confirm(ct);
            isAnother = false;
        }
        catch (KubernetesConfigurationException)
        {
            isAnother = true;
            throw;
        }
    }

    /// <summary>A cluster that answers, and does not do what it was asked, is told apart from one that does not answer.</summary>
    private static async Task Telling(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (KubernetesApiException refusal) when ((int)refusal.Code < 500 && refusal is not KubernetesTooManyRequestsException)
        {
            throw new BackendRefusedException(refusal.Message, refusal);
        }
    }

    /// <summary>Everything there is; from now on changes are told.</summary>
    private BackendReport.Snapshot Snapshot(Channel<BackendReport> reports)
    {
        feed = reports;
        told = cache.ReadNodes();
        var runs = new List<RunStatus>();
        foreach (var workload in cache.Workloads)
        {
            lock (workload.Gate)
            {
                if (workload.HasObjects && Read(workload) is { } status)
                    runs.Add(status);
            }
            reconciler.Enqueue(workload);
        }
        return new BackendReport.Snapshot(runs, told, []);
    }

    /// <summary>Before all kinds are known nothing is concluded from what is missing.</summary>
    private void Changed(TrackedWorkload workload)
    {
        if (feed is not null)
            reconciler.Enqueue(workload);
    }

    private void Settle(TrackedWorkload workload, bool isRemoved)
    {
        lock (workload.Gate)
        {
            if (workload.IsDropped)
                return;
            if (isRemoved)
            {
                cache.Drop(workload, Math.Max(workload.Run, workload.LastRun));
                waiting.TryRemove(workload.Id, out _);
                Tell(Removed(workload.Id));
                return;
            }
            if (!acts() && workload is { HasObjects: false, Wanted: null })
            {
                cache.Drop(workload, workload.LastRun); // whoever acts has removed it
                Tell(Removed(workload.Id));
                return;
            }
            if (MayAct())
            {
                LookForHangs(workload);
                files.Look(workload);
            }
            if (workload.IsRemoving || feed is null)
                return;
            var before = workload.LastTold;
            if (Read(workload) is { } status && before != workload.LastTold)
                Tell(status);
        }
    }

    private void LookForHangs(TrackedWorkload workload)
    {
        foreach (var pod in workload.Pods.Values)
            hangs.Look(workload, pod);
    }

    /// <returns>Null when nothing is known of it.</returns>
    private RunStatus? Read(TrackedWorkload workload)
    {
        var isKnown = workload.HasObjects || workload.Wanted is not null; // how pods ended that another server asked for, that one has told
        if (!isKnown && workload.LastRun == 0)
            return null;
        var status = isKnown
            ? WorkloadReader.Read(workload, clock.GetUtcNow(), TimeSpan.FromSeconds(options.UnschedulableS))
            : new RunStatus { WorkloadId = workload.Id, Run = workload.LastRun, Phase = RunPhases.Removed };
        (workload.LastTold, workload.LastRun) = (JsonSerializer.Serialize(status, RunsJson.Default.RunStatus), status.Run);
        if (status is { Phase: RunPhases.Pending, Unplaceable: null } && WorkloadReader.GivesUpAt(workload, TimeSpan.Zero) is not null)
            waiting[workload.Id] = workload;
        else
            waiting.TryRemove(workload.Id, out _);
        return status;
    }

    private RunStatus Removed(string workloadId) => new() { WorkloadId = workloadId, Run = cache.RemovedRun(workloadId), Phase = RunPhases.Removed };

    private void Tell(RunStatus status) => feed?.Writer.TryWrite(new BackendReport.Change(status));

    /// <summary>Looks at what changes by the clock, and tells of nodes at a pace that can be followed.</summary>
    private async Task Look(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.LookS), clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            foreach (var workload in waiting.Values)
                reconciler.Enqueue(workload);
            await FollowWorkspaces(ct);
            if (feed is not { } reports || cache.ReadNodes() is not { } nodes || ReferenceEquals(nodes, told))
                continue;
            told = nodes;
            reports.Writer.TryWrite(new BackendReport.NodesChanged(nodes));
        }
    }

    private async Task FollowWorkspaces(CancellationToken ct)
    {
        if (!MayAct() || clock.GetUtcNow() < nextQuotas)
            return;
        try
        {
            await namespaces.Refresh(ct);
        }
        catch (Exception error) when (error is KubernetesException or BackendRefusedException)
        {
            nextQuotas = clock.GetUtcNow() + TimeSpan.FromSeconds(options.RetryS);
            Log.QuotasNotSet(logger, error.Message);
        }
    }

    private PodPlace? Place(PodRef pod)
    {
        if (cache.Find(pod.WorkloadId) is not { } workload)
            return null;
        lock (workload.Gate)
        {
            return workload.Pods.Values.Where(one => WorkloadReader.RankOf(workload, one) is { } rank && ObjectNames.PodId(workload.Id, one.RunOf(), rank) == pod.PodId)
                .OrderBy(one => one.IsDeleting())
                .Select(one => new PodPlace(one.Metadata.Namespace!, one.Metadata.Name!, one.MainName()))
                .FirstOrDefault();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Quotas of namespaces could not be brought up to date, and are tried again: {Reason}")]
        public static partial void QuotasNotSet(ILogger logger, string reason);
    }
}
