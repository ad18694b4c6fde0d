using Microsoft.Extensions.Options;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters.Backends;

/// <summary>Opens the backends of the clusters that this server may act on.</summary>
internal class BackendFactory(DataFolder folder, IOptions<ClusterOptions> options, IContentStore contents, TimeProvider clock)
{
    public const string Local = "local";
    public const string Kubernetes = "kubernetes";

    /// <returns>Null when another server acts on the cluster.</returns>
    public virtual IClusterBackend? Open(ClusterRow cluster) =>
        cluster.Backend == Local && cluster.Owner == folder.Id() && options.Value.Local ? new LocalBackend(folder, options.Value, contents, clock) : null;
}
