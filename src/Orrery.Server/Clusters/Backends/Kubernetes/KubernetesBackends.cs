using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Kubernetes;
using Orrery.Scheduling;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends.Kubernetes.Logs;
using Orrery.Server.Clusters.Backends.Kubernetes.Work;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Workspaces;

namespace Orrery.Server.Clusters.Backends.Kubernetes;

/// <summary>Kubernetes clusters, registered or configured.</summary>
internal sealed class KubernetesBackends(
    KubernetesConnections connections, ClusterIdentity identity, WorkspaceDirectory workspaces, KeptLogs kept, IContentStore contents, IOptions<KubernetesOptions> options, TimeProvider clock, ILoggerFactory loggers) : IBackendOpener
{
    public string Name => BackendFactory.Kubernetes;

    public IClusterBackend? Open(ClusterRow cluster, IClusterLease lease)
    {
        if (connections.Open(cluster) is not { } connection)
            return null;
        var client = new KubernetesClient(connection, new KubernetesClientOptions { RequestsPerSecond = options.Value.RequestsPerSecond, Burst = options.Value.Burst, Clock = clock });
        var mandate = new ClusterMandate(() => lease.Acts, ct => identity.Confirm(cluster.Id, client, ct));
        return new KubernetesBackend(client, cluster.Instance, kept, contents, Most, mandate, options.Value, clock, loggers.CreateLogger<KubernetesBackend>());
    }

    /// <summary>Quota and borrowing limit together: what the cluster's own quota must leave room for.</summary>
    private ResourceLimits? Most(string workspaceId)
    {
        if (workspaces.Find(workspaceId) is not { } workspace)
            return null;
        var (quota, lent) = (workspace.Settings.Quota, workspace.Group is null ? new Amounts { CpuMillis = 0, MemoryBytes = 0, Gpus = 0 } : workspace.Settings.BorrowingLimit);
        return new ResourceLimits(quota.CpuMillis + lent.CpuMillis, quota.MemoryBytes + lent.MemoryBytes, quota.Gpus + lent.Gpus);
    }
}
