using System.Net;
using Orrery.Kubernetes;

namespace Orrery.Server.Clusters.Registry;

/// <summary>Tells clusters apart, whatever address they are reached at: by the uid of their namespace <c>kube-system</c>, which lives as long as the cluster.</summary>
internal sealed class ClusterIdentity(ClusterRegistry registry)
{
    /// <summary>A UUID, with room for what is not Kubernetes' own.</summary>
    private const int LongestUid = 64;

    /// <returns>"" when it may not be seen with these credentials, or there is none.</returns>
    public static async Task<string> Read(KubernetesClient client, CancellationToken ct)
    {
        try
        {
            return (await client.Namespaces.Get(null, "kube-system", ct)).Metadata?.Uid is { Length: <= LongestUid } uid ? uid : "";
        }
        catch (KubernetesApiException refusal) when (refusal.Code is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return "";
        }
    }

    /// <summary>The first cluster that answers under an id is the one that the id stands for.</summary>
    /// <exception cref="KubernetesConfigurationException">Another one answers now.</exception>
    public async Task Confirm(string clusterId, KubernetesClient client, CancellationToken ct)
    {
        var uid = await Read(client, ct);
        if (uid.Length > 0 && await registry.Identify(clusterId, uid, ct) is { Length: > 0 } known && known != uid)
            throw new KubernetesConfigurationException(
                $"Another cluster answers than the one that '{clusterId}' stands for (the namespace kube-system has another uid), so nothing is done there; give it an id of its own, or lead '{clusterId}' back to where its workloads are.");
    }
}
