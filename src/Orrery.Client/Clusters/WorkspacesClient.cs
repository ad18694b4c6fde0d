using System.Text.Json;
using Orrery.Client.Http;
using Orrery.Contracts.Clusters;

namespace Orrery.Client.Clusters;

/// <summary>Workspaces: whose workloads they hold, and how much those may use.</summary>
public sealed class WorkspacesClient
{
    private const string Route = ClustersClient.Root + "/workspaces";

    private readonly ApiConnection connection;

    internal WorkspacesClient(ApiConnection connection) => this.connection = connection;

    /// <summary>Those that the caller may see.</summary>
    public Task<WorkspaceList> List(CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Route), ClusterJson.Default.WorkspaceList, cancellation);

    public Task<WorkspaceView> Get(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id)), ClusterJson.Default.WorkspaceView, cancellation);

    public Task<WorkspaceView> Create(WorkspaceRequest workspace, CancellationToken cancellation = default) =>
        Create(JsonSerializer.SerializeToElement(workspace, ClusterJson.Default.WorkspaceRequest), cancellation);

    /// <summary>The same with a body that is sent as it is; the server checks it.</summary>
    public Task<WorkspaceView> Create(JsonElement workspace, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Post(Route, workspace), ClusterJson.Default.WorkspaceView, cancellation);

    /// <param name="id">The workspace.</param>
    /// <param name="change">Members of <see cref="WorkspaceRequest"/>; only what it holds changes.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task Update(string id, JsonElement change, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Patch(Of(id), change), cancellation);

    /// <summary>Refused while it holds workloads that live.</summary>
    public Task Delete(string id, CancellationToken cancellation = default) => connection.Send(ApiRequest.Delete(Of(id)), cancellation);

    private static string Of(string id) => $"{Route}/{QueryText.Segment(id)}";
}
