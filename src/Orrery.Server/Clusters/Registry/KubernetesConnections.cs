using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Orrery.Kubernetes;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters.Registry;

/// <summary>How Kubernetes clusters are reached: by what an admin registered, or as the configuration says.</summary>
internal sealed class KubernetesConnections(IOptions<ClusterOptions> options, SecretBox box, TimeProvider clock)
{
    public string Wrap(string kubeconfig, string clusterId) => box.Wrap(kubeconfig, clusterId);

    /// <summary>The configuration of this server names it.</summary>
    public bool IsConfigured(string clusterId) => Configured(clusterId) is not null;

    /// <returns>Null when neither says how.</returns>
    /// <exception cref="KubernetesConfigurationException">It cannot be reached in that way.</exception>
    public KubernetesConnection? Open(ClusterRow cluster)
    {
        if (cluster.Kubeconfig is { } wrapped)
            return KubeConfig.Parse(Unwrap(wrapped, cluster.Id), KubeConfigRules.InlineOnly, cluster.Context, clock);
        if (Configured(cluster.Id) is not { } configured)
            return null;
        var context = configured.Context.Length > 0 ? configured.Context : null;
        if (configured.InCluster)
            return InClusterConfig.Load(clock);
        return configured.Kubeconfig.Length > 0
            ? KubeConfig.Load(configured.Kubeconfig.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), context, clock)
            : KubeConfig.LoadDefault(context, clock);
    }

    private ConfiguredCluster? Configured(string clusterId) => options.Value.Kubernetes.FirstOrDefault(cluster => cluster.Id == clusterId);

    private string Unwrap(string wrapped, string clusterId)
    {
        try
        {
            return box.Unwrap(wrapped, clusterId);
        }
        catch (CryptographicException error)
        {
            throw new KubernetesConfigurationException("Its credentials were kept under another master key; register them again.", error);
        }
    }
}
