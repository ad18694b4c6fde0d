using System.Net;
using Orrery.Client.Http;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;

namespace Orrery.Client.Agents;

/// <summary><see cref="IAgentApi"/> over HTTP, with <c>X-API-Key</c> and <c>X-Agent-ID</c>.</summary>
public sealed class AgentClient : IAgentApi, IDisposable
{
    private readonly ApiConnection connection;

    /// <param name="options">The server and the agent's key; its retry policy is not used.</param>
    /// <param name="agentId">Who calls, like <c>sat-25544</c>.</param>
    public AgentClient(OrreryClientOptions options, string agentId)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(agentId);
        connection = new ApiConnection(options with { Retry = options.Retry with { Retries = 0 } }, Credentials.Agent(options.ApiKey, agentId));
    }

    /// <inheritdoc/>
    public Task<RegisterResponse> Register(RegisterRequest request, CancellationToken cancellation = default) =>
        connection.Send(
            Once(ApiRequest.Post("/api/agent/register", request, WireJson.Default.RegisterRequest)),
            WireJson.Default.RegisterResponse, cancellation);

    /// <inheritdoc/>
    public async Task<AgentWork?> Poll(CancellationToken cancellation = default)
    {
        using var response = await connection.Open(ApiRequest.Get("/api/agent/workloads"), cancellation).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NoContent
            ? null
            : await ResponseBody.Read(response, WireJson.Default.AgentWork, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<TelemetryResponse> Telemetry(TelemetryRequest request, CancellationToken cancellation = default) =>
        connection.Send(
            Once(ApiRequest.Post("/api/agent/telemetry", request, WireJson.Default.TelemetryRequest)),
            WireJson.Default.TelemetryResponse, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EventPostResult>> PostEvents(
        string deploymentId, IReadOnlyList<EventPost> events, CancellationToken cancellation = default)
    {
        var path = $"/api/deployments/{QueryText.Segment(deploymentId)}/events";
        var request = Once(ApiRequest.Post(path, [.. events], WireJson.Default.ListEventPost));
        using var response = await connection.Open(request, cancellation).ConfigureAwait(false);
        var results = response.StatusCode == HttpStatusCode.MultiStatus
            ? (await ResponseBody.Read(response, WireJson.Default.EventsPartlyPosted, cancellation).ConfigureAwait(false)).Results
            : Accepted(await ResponseBody.Read(response, WireJson.Default.EventsPosted, cancellation).ConfigureAwait(false));
        return results.Count == events.Count
            ? results
            : throw new OrreryApiException(
                response.StatusCode, "unreadable_answer", $"The server gave {results.Count} results for {events.Count} events.");
    }

    /// <inheritdoc/>
    public async Task Input(string deploymentId, ProgramFile input, Stream destination, CancellationToken cancellation = default)
    {
        var path = string.Join('/', input.Path.Split('/').Select(QueryText.Segment));
        var request = ApiRequest.Get($"/api/agent/deployments/{QueryText.Segment(deploymentId)}/inputs/{path}") with { Accept = "*/*" };
        using var response = await connection.Open(request, cancellation).ConfigureAwait(false);
        await response.Content.CopyToAsync(destination, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ArtifactStored> PutArtifact(string deploymentId, string name, FileInfo file, CancellationToken cancellation = default)
    {
        var request = ApiRequest.Put($"/api/deployments/{QueryText.Segment(deploymentId)}/artifacts/{QueryText.Segment(name)}", await FileBody.Of(file, cancellation).ConfigureAwait(false));
        return await connection.Send(request, WireJson.Default.ArtifactStored, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<string> DeploymentStatus(string deploymentId, CancellationToken cancellation = default)
    {
        var request = ApiRequest.Get($"/api/agent/deployments/{QueryText.Segment(deploymentId)}");
        return (await connection.Send(request, WireJson.Default.AgentDeploymentResponse, cancellation).ConfigureAwait(false)).Status;
    }

    public void Dispose() => connection.Dispose();

    private static List<EventPostResult> Accepted(EventsPosted posted) =>
        [.. posted.Ids.Select(id => new EventPostResult((int)HttpStatusCode.Created, id, null))];

    private static ApiRequest Once(ApiRequest request) => request with { IdempotencyKey = null };
}
