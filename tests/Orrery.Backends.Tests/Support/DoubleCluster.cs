using Microsoft.Extensions.Logging.Abstractions;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Testing;
using Orrery.Scheduling;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends.Kubernetes;
using Orrery.Server.Clusters.Backends.Kubernetes.Logs;
using Orrery.Server.Clusters.Backends.Kubernetes.Work;
using Orrery.Server.Storage;

namespace Orrery.Backends.Tests.Support;

/// <summary>The double of a cluster for one test, with the database and the files of the servers that use it.</summary>
internal sealed class DoubleCluster : IAsyncDisposable
{
    private readonly string folder;
    private readonly IDatabase database;

    private DoubleCluster(ApiServerDouble api, IDatabase database, string folder)
    {
        (Api, this.database, this.folder) = (api, database, folder);
        Contents = new FolderContentStore(Path.Combine(folder, "artifacts"));
        Looker = Client();
    }

    public ApiServerDouble Api { get; }

    public FolderContentStore Contents { get; }

    /// <summary>What the cluster itself says, and what others change there.</summary>
    public KubernetesClient Looker { get; }

    public static async Task<DoubleCluster> Start(ApiServerDoubleOptions? options = null)
    {
        var kept = Directory.CreateTempSubdirectory("orrery-kubernetes-").FullName;
        return new DoubleCluster(await ApiServerDouble.Start(options), await DatabaseFactory.Open(kept, address: null, TimeProvider.System), kept);
    }

    /// <summary>A server that has seen all there is.</summary>
    public async Task<Watched> Open(bool acts = true, Func<CancellationToken, Task>? confirm = null, Func<string, ResourceLimits?>? most = null, IContentStore? contents = null)
    {
        var mandate = new ClusterMandate(() => acts, confirm ?? (_ => Task.CompletedTask));
        var options = new KubernetesOptions { LookS = 0.02, RetryS = 0.1, UnschedulableS = 2 };
        var opened = new Watched(new KubernetesBackend(
            Client(), "orrery-1", new KeptLogs(database), contents ?? Contents, most ?? (_ => ResourceLimits.Unlimited), mandate, options, TimeProvider.System, NullLogger.Instance));
        await opened.Snapshot();
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        Looker.Dispose();
        await database.DisposeAsync();
        await Api.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private KubernetesClient Client() => new(KubernetesConnection.Anonymous(Api.Address), new KubernetesClientOptions { RequestsPerSecond = 0, Retries = 1 });
}
