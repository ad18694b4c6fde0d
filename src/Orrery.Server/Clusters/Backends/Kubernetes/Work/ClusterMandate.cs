using Orrery.Kubernetes;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Work;

/// <summary>Whether anything may be changed on a cluster from here: this server acts for it, and the cluster that answers is the one that is meant.</summary>
/// <param name="acts">Whether this server acts, else it looks on.</param>
/// <param name="confirm">Throws when another cluster answers.</param>
internal sealed class ClusterMandate(Func<bool> acts, Func<CancellationToken, Task> confirm)
{
    private volatile bool isAnother;

    /// <summary>This server acts for the cluster, whether or not that one answers.</summary>
    public bool Acts => acts();

    public bool MayChange => !isAnother && acts();

    /// <exception cref="KubernetesConfigurationException">Another cluster answers: nothing is changed until the right one does.</exception>
    public async Task Confirm(CancellationToken ct)
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
}
