using System.Runtime.CompilerServices;
using Orrery.Client.Http;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;

namespace Orrery.Client.Deployments;

/// <summary>Runs of stages on satellites, and the events that their agents report.</summary>
public sealed class DeploymentsClient
{
    private const string Route = "/api/deployments";

    private readonly ApiConnection connection;
    private readonly string? apiKey;

    internal DeploymentsClient(ApiConnection connection, string? apiKey) => (this.connection, this.apiKey) = (connection, apiKey);

    /// <summary>One page, newest first.</summary>
    public Task<DeploymentPage> Page(int offset = 0, int limit = 100, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Paged(Route, offset, limit)), WireJson.Default.DeploymentPage, cancellation);

    /// <summary>All that the caller may see, newest first, page after page as it is read.</summary>
    public async IAsyncEnumerable<DeploymentView> List([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        DeploymentPage page;
        var offset = 0;
        do
        {
            page = await Page(offset, cancellation: cancellation).ConfigureAwait(false);
            foreach (var deployment in page.Deployments)
                yield return deployment;
            offset += page.Deployments.Count;
        }
        while (page.Deployments.Count > 0 && offset < page.Total);
    }

    public Task<DeploymentView> Get(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id)), WireJson.Default.DeploymentView, cancellation);

    /// <summary>Chronological; <paramref name="limit"/> 1–500.</summary>
    public Task<EventPage> Events(string id, int offset = 0, int limit = 100, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Paged(Of(id) + "/events", offset, limit)), WireJson.Default.EventPage, cancellation);

    /// <summary>Runs a stored stage plan once more, as a new workload.</summary>
    public Task<DeploymentStatusResponse> RunAgain(RunAgainRequest request, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Post(Route, request, WireJson.Default.RunAgainRequest), WireJson.Default.DeploymentStatusResponse, cancellation);

    /// <summary>Its stage drops and its workload is canceled.</summary>
    public Task<DeploymentStatusResponse> Cancel(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Post(Of(id) + "/cancel"), WireJson.Default.DeploymentStatusResponse, cancellation);

    /// <summary>Reports events as the agent that the deployment was dispatched to; one result each, in their order.</summary>
    /// <param name="id">The deployment.</param>
    /// <param name="agentId">Sent as <c>X-Agent-ID</c>.</param>
    /// <param name="events">At most 1,000.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<EventsPartlyPosted> PostEvents(
        string id, string agentId, IReadOnlyList<EventPost> events, CancellationToken cancellation = default) =>
        EventReport.Send(connection, id, events, Credentials.Agent(apiKey, agentId), cancellation);

    private static string Of(string id) => $"{Route}/{QueryText.Segment(id)}";

    private static string Paged(string path, int offset, int limit) =>
        new QueryText(path).Add("offset", offset).Add("limit", limit).ToString();
}
