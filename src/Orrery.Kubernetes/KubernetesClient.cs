using Orrery.Kubernetes.Http;
using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Pods;

namespace Orrery.Kubernetes;

/// <summary>A client of one cluster, good for any number of calls at once.</summary>
public sealed class KubernetesClient : IDisposable
{
    private readonly ApiConnection connection;

    public KubernetesClient(KubernetesConnection connection, KubernetesClientOptions? options = null)
    {
        this.connection = new ApiConnection(connection, options ?? new KubernetesClientOptions());
        Server = connection.Server;
        PodAccess = new PodAccess(this.connection);
        Pods = Of(ResourceTypes.Pods);
        Services = Of(ResourceTypes.Services);
        Secrets = Of(ResourceTypes.Secrets);
        ResourceQuotas = Of(ResourceTypes.ResourceQuotas);
        Namespaces = Of(ResourceTypes.Namespaces);
        ServiceAccounts = Of(ResourceTypes.ServiceAccounts);
        Nodes = Of(ResourceTypes.Nodes);
        Events = Of(ResourceTypes.Events);
        Deployments = Of(ResourceTypes.Deployments);
        StatefulSets = Of(ResourceTypes.StatefulSets);
        PyTorchJobs = Of(ResourceTypes.PyTorchJobs);
    }

    public Uri Server { get; }

    /// <summary>Logs and shells.</summary>
    public PodAccess PodAccess { get; }

    public ResourceClient<Pod> Pods { get; }

    public ResourceClient<Service> Services { get; }

    public ResourceClient<Secret> Secrets { get; }

    public ResourceClient<ResourceQuota> ResourceQuotas { get; }

    public ResourceClient<Namespace> Namespaces { get; }

    public ResourceClient<ServiceAccount> ServiceAccounts { get; }

    public ResourceClient<Node> Nodes { get; }

    public ResourceClient<CoreEvent> Events { get; }

    public ResourceClient<Deployment> Deployments { get; }

    public ResourceClient<StatefulSet> StatefulSets { get; }

    public ResourceClient<PyTorchJob> PyTorchJobs { get; }

    public ResourceClient<T> Of<T>(ResourceType<T> type)
        where T : IKubernetesObject => new(connection, type);

    /// <summary>The cluster knows a kind: built in, or by an installed definition.</summary>
    /// <exception cref="KubernetesException">The server refuses or is out of reach.</exception>
    public async Task<bool> Has<T>(ResourceType<T> type, CancellationToken ct)
        where T : IKubernetesObject
    {
        try
        {
            var path = type.Group.Length == 0 ? $"api/{type.Version}" : $"apis/{type.Group}/{type.Version}";
            var known = await connection.Send(ApiCall.Get(path), KubernetesJson.Default.ApiResourceList, ct);
            return known.Resources is { } resources && resources.Exists(resource => resource.Name == type.Plural);
        }
        catch (KubernetesNotFoundException)
        {
            return false;
        }
    }

    public void Dispose() => connection.Dispose();
}
