using Orrery.Server.Clusters.Registry;

namespace Orrery.Server.Clusters.Backends;

/// <summary>Opens the backends of clusters that this server can act on.</summary>
internal class BackendFactory(IEnumerable<IBackendOpener> openers)
{
    public const string Local = "local";
    public const string Kubernetes = "kubernetes";

    /// <param name="cluster">The cluster.</param>
    /// <param name="lease">Says whether anything may be changed there.</param>
    /// <returns>Null when this server has no way to it.</returns>
    /// <exception cref="Orrery.Kubernetes.KubernetesConfigurationException">The way that there is cannot be gone.</exception>
    public virtual IClusterBackend? Open(ClusterRow cluster, IClusterLease lease) =>
        openers.FirstOrDefault(opener => opener.Name == cluster.Backend)?.Open(cluster, lease);
}

/// <summary>Opens backends of one kind.</summary>
internal interface IBackendOpener
{
    string Name { get; }

    IClusterBackend? Open(ClusterRow cluster, IClusterLease lease);
}
