using Microsoft.Extensions.Logging.Abstractions;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Scheduling;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Backends.Kubernetes;
using Orrery.Server.Clusters.Backends.Kubernetes.Logs;
using Orrery.Server.Clusters.Backends.Kubernetes.Work;
using Orrery.Server.Storage;
using Xunit;

namespace Orrery.Backends.Tests.Support;

/// <summary>A Kubernetes cluster, and the database in which logs are kept.</summary>
public abstract class KubernetesPlace : IBackendPlace, IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-kubernetes-").FullName;
    private readonly string instance = $"test-{Guid.NewGuid().ToString("N")[..8]}";
    private readonly FolderContentStore contents;
    private IDatabase? database;
    private KubernetesClient? looker;

    protected KubernetesPlace() => contents = new FolderContentStore(Path.Combine(folder, "artifacts"));

    public virtual string? Missing => null;

    /// <summary>A namespace of its own: others on the cluster have theirs.</summary>
    public string Workspace => $"compliance-{instance}";

    /// <summary>What the cluster itself says.</summary>
    public KubernetesClient Looker => looker ?? throw new InvalidOperationException("The place was not opened.");

    public virtual string WebServer => "exec python3 -m http.server 8000 2>/dev/null";

    public string Image => "localhost/busybox:1";

    string IBackendPlace.NodeName => "node-1";

    IContentStore IBackendPlace.Contents => contents;

    public virtual async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        database = await DatabaseFactory.Open(folder, address: null, TimeProvider.System);
        looker = Client();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (looker is not null && await looker.Namespaces.Find(ns: null, Workspace, CancellationToken.None) is not null)
            await looker.Namespaces.Delete(ns: null, Workspace, new DeleteOptions(), CancellationToken.None);
        looker?.Dispose();
        if (database is not null)
            await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    IClusterBackend IBackendPlace.Open() => new KubernetesBackend(
        Client(), instance, new KeptLogs(database!), contents, _ => ResourceLimits.Unlimited, new ClusterMandate(() => true, _ => Task.CompletedTask),
        new KubernetesOptions { LookS = 0.02, RetryS = 0.1, UnschedulableS = 2 }, TimeProvider.System, NullLogger.Instance);

    /// <summary>Pods that live.</summary>
    IReadOnlyList<string> IBackendPlace.Left(string workloadId) => Living(workloadId, CancellationToken.None).GetAwaiter().GetResult();

    IReadOnlyList<string> IBackendPlace.Everything(string workloadId) => Everything(workloadId, CancellationToken.None).GetAwaiter().GetResult();

    private protected abstract KubernetesClient Client();

    private Selection Of(string workloadId) => new(Workspace, $"orrery.dev/workload={workloadId}");

    private async Task<IReadOnlyList<string>> Living(string workloadId, CancellationToken ct) =>
        [.. (await looker!.Pods.Page(Of(workloadId), 500, from: null, ct)).Items.Where(pod => pod.Status?.Phase is not ("Succeeded" or "Failed")).Select(pod => pod.Metadata.Name!)];

    private async Task<IReadOnlyList<string>> Everything(string workloadId, CancellationToken ct) =>
    [
        .. await Names(looker!.Pods, workloadId, ct), .. await Names(looker.Secrets, workloadId, ct), .. await Names(looker.Services, workloadId, ct),
        .. await Names(looker.Deployments, workloadId, ct), .. await Names(looker.StatefulSets, workloadId, ct),
    ];

    private async Task<IEnumerable<string>> Names<T>(ResourceClient<T> resource, string workloadId, CancellationToken ct)
        where T : IKubernetesObject => (await resource.Page(Of(workloadId), 500, from: null, ct)).Items.Select(item => $"{resource.Type.Plural} {item.Metadata.Name}");
}
