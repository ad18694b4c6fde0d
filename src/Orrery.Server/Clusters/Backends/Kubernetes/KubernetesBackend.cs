using System.Net.WebSockets;
using System.Runtime.CompilerServices;
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
    private readonly ClusterMandate mandate;
    private readonly KubernetesOptions options;
    private readonly ILogger logger;
    private readonly NamespaceKeeper namespaces;
    private readonly TimeProvider clock;
    private readonly string instance;
    private readonly IContentStore contents;
    private readonly ClusterCache cache;
    private readonly ReportFeed feed;
    private readonly KeptLogs kept;
    private readonly LogReader logs;
    private readonly PodShells shells;
    private readonly HangWatch hangs;
    private readonly FileGiver files;
    private readonly PodFileReader left;
    private readonly Reconciler reconciler;
    private readonly CancellationTokenSource stop = new();
    private readonly Task working;
    private volatile bool hasKubeflow;
    private DateTimeOffset nextQuotas;

    /// <param name="client">Of the cluster; it is disposed of with this.</param>
    /// <param name="instance">Labels what is made: no other installation's objects are touched.</param>
    /// <param name="kept">Logs of pods that are gone.</param>
    /// <param name="contents">What programs are given.</param>
    /// <param name="most">Quota and borrowing limit of a workspace together; null: no such workspace.</param>
    /// <param name="mandate">Whether anything may be changed there; else this looks on.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Told what is tried again.</param>
    public KubernetesBackend(KubernetesClient client, string instance, KeptLogs kept, IContentStore contents, Func<string, ResourceLimits?> most, ClusterMandate mandate, KubernetesOptions options, TimeProvider clock, ILogger logger)
    {
        (this.client, this.instance, this.kept, this.contents, this.mandate, this.options, this.clock, this.logger) = (client, instance, kept, contents, mandate, options, clock, logger);
        namespaces = new NamespaceKeeper(client, instance, most);
        cache = new ClusterCache(instance, clock, Changed);
        feed = new ReportFeed(cache, TimeSpan.FromSeconds(options.UnschedulableS), clock);
        logs = new LogReader(client, kept, Place, clock);
        shells = new PodShells(client);
        hangs = new HangWatch(client, clock, stop.Token);
        left = new PodFileReader(client, PodFolders.Tell, clock);
        files = new FileGiver(client, contents, Changed, options, clock, logger, stop.Token);
        reconciler = new Reconciler(client, new RunMaker(client, namespaces, instance, () => hasKubeflow, clock), new RunRemover(client), new LogKeeper(client, kept, stop.Token), () => mandate.MayChange, options, clock, logger) { Done = Settle };
        working = Task.WhenAll(reconciler.Run(stop.Token), Look(stop.Token));
    }

    public string Name => BackendFactory.Kubernetes;

    public Task Apply(RunSpec run, CancellationToken ct) => Telling(() => Make(run, ct));

    public Task Remove(string workloadId, CancellationToken ct) => Telling(() => End(workloadId, ct));

    private async Task Make(RunSpec run, CancellationToken ct)
    {
        if (run.Run <= cache.RemovedRun(run.WorkloadId))
        {
            feed.TellRemoved(run.WorkloadId);
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
        await mandate.Confirm(over.Token);
        hasKubeflow = await client.Has(ResourceTypes.PyTorchJobs, over.Token);
        var reports = Channel.CreateUnbounded<BackendReport>();
        var watch = new ClusterWatch(client, cache, instance, mandate.Confirm);
        var watching = Task.Run(() => watch.Run(hasKubeflow, over.Token), CancellationToken.None);
        try
        {
            await await Task.WhenAny(watch.Complete, watching);
            _ = watching.ContinueWith(ended => reports.Writer.TryComplete(ended.Exception?.GetBaseException()), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            yield return feed.Open(reports.Writer);
            foreach (var workload in cache.Workloads)
                reconciler.Enqueue(workload);
            await foreach (var report in reports.Reader.ReadAllAsync(over.Token))
                yield return report;
        }
        finally
        {
            feed.Close();
            await over.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public IAsyncEnumerable<PodLine> Logs(PodRef pod, PodLogQuery query, CancellationToken ct) => logs.Read(pod, query, ct);

    public async IAsyncEnumerable<LeftFile> Files(PodRef pod, [EnumeratorCancellation] CancellationToken ct)
    {
        await mandate.Confirm(ct); // what another cluster does not have is not lost
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
        await files.DisposeAsync();
        client.Dispose();
        stop.Dispose();
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

    /// <summary>Before all kinds are known nothing is concluded from what is missing.</summary>
    private void Changed(TrackedWorkload workload)
    {
        if (feed.IsOpen)
            reconciler.Enqueue(workload);
    }

    private void Settle(TrackedWorkload workload, bool isRemoved)
    {
        lock (workload.Gate)
        {
            if (workload.IsDropped)
                return;
            if (isRemoved || (!mandate.Acts && workload is { HasObjects: false, Wanted: null })) // whoever acts has removed it
            {
                feed.Drop(workload, Math.Max(workload.Run, workload.LastRun));
                return;
            }
            if (mandate.MayChange)
            {
                LookForHangs(workload);
                files.Look(workload);
            }
            if (!workload.IsRemoving)
                feed.Tell(workload);
        }
    }

    private void LookForHangs(TrackedWorkload workload)
    {
        foreach (var pod in workload.Pods.Values)
            hangs.Look(workload, pod);
    }

    /// <summary>Looks at what changes by the clock, and tells of nodes at a pace that can be followed.</summary>
    private async Task Look(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.LookS), clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            foreach (var workload in feed.Waiting)
                reconciler.Enqueue(workload);
            await FollowWorkspaces(ct);
            feed.TellNodes();
        }
    }

    private async Task FollowWorkspaces(CancellationToken ct)
    {
        if (!mandate.MayChange || clock.GetUtcNow() < nextQuotas)
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
