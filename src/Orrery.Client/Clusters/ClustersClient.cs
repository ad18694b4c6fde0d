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

    /// <summary>Nodes, what they have, what is free and what runs on them.</summary>
    public Task<NodeList> Nodes(CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Root + "/nodes"), ClusterJson.Default.NodeList, cancellation);
}
