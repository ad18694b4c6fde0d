using System.Text.Json;
using Orrery.Client.Http;
using Orrery.Contracts.Clusters;

namespace Orrery.Client.Clusters;

/// <summary>Clusters and what runs on them.</summary>
public sealed class ClustersClient
{
    internal const string Root = "/api/v1";

    private readonly ApiConnection connection;

    internal ClustersClient(ApiConnection connection)
    {
        this.connection = connection;
        Workloads = new ClusterWorkloadsClient(connection);
        Pods = new PodsClient(connection);
        Workspaces = new WorkspacesClient(connection);
    }

    public ClusterWorkloadsClient Workloads { get; }

    public PodsClient Pods { get; }

    public WorkspacesClient Workspaces { get; }

    public Task<ClusterList> List(CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Root + "/clusters"), ClusterJson.Default.ClusterList, cancellation);

    /// <summary>Registers a Kubernetes cluster; it has answered once when this returns. Admins only.</summary>
    public Task<ClusterView> Register(ClusterRequest cluster, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Post(Root + "/clusters", Body(cluster)), ClusterJson.Default.ClusterView, cancellation);

    /// <summary>Reaches a registered cluster with another kubeconfig; what runs there goes on. Admins only.</summary>
    public Task<ClusterView> Replace(string id, ClusterRequest cluster, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Put(Of(id), Body(cluster)), ClusterJson.Default.ClusterView, cancellation);

    /// <summary>Forgets a registered cluster; refused while it has workspaces. Admins only.</summary>
    public Task Remove(string id, CancellationToken cancellation = default) => connection.Send(ApiRequest.Delete(Of(id)), cancellation);

    private static JsonElement Body(ClusterRequest cluster) => JsonSerializer.SerializeToElement(cluster, ClusterJson.Default.ClusterRequest);

    private static string Of(string id) => $"{Root}/clusters/{QueryText.Segment(id)}";

    /// <summary>Nodes, what they have, what is free and what runs on them.</summary>
    public Task<NodeList> Nodes(CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Root + "/nodes"), ClusterJson.Default.NodeList, cancellation);
}
