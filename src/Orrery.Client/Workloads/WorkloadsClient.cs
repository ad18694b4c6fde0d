using System.Runtime.CompilerServices;
using System.Text.Json;
using Orrery.Client.Events;
using Orrery.Client.Http;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;

namespace Orrery.Client.Workloads;

/// <summary>Preview, submit, follow and cancel orbital workloads.</summary>
public sealed class WorkloadsClient
{
    private const string Route = "/v1/workloads";

    private readonly ApiConnection connection;

    internal WorkloadsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>Plan and price, without running anything.</summary>
    public Task<PreviewResponse> Preview(WorkloadRequest workload, CancellationToken cancellation = default) =>
        Preview(JsonSerializer.SerializeToElement(workload, WireJson.Default.WorkloadRequest), cancellation);

    /// <summary>The same with a body that is sent as it is; the server checks it. Nothing is written, so a repeat needs no key.</summary>
    public Task<PreviewResponse> Preview(JsonElement workload, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Post(Route + "/preview", workload) with { IdempotencyKey = null }, WireJson.Default.PreviewResponse, cancellation);

    public Task<SubmitResponse> Submit(WorkloadRequest workload, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        Submit(JsonSerializer.SerializeToElement(workload, WireJson.Default.WorkloadRequest), idempotencyKey, cancellation);

    /// <param name="workload">Sent as it is; the server checks it.</param>
    /// <param name="idempotencyKey">The same key and body are run once (24 h); null makes one for this call's retries.</param>
    /// <param name="cancellation">Ends the call, not the workload.</param>
    public Task<SubmitResponse> Submit(JsonElement workload, string? idempotencyKey = null, CancellationToken cancellation = default)
    {
        var request = ApiRequest.Post(Route, workload);
        request = request with { IdempotencyKey = idempotencyKey ?? request.IdempotencyKey };
        return connection.Send(request, WireJson.Default.SubmitResponse, cancellation);
    }

    public Task<WorkloadView> Get(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id)), WireJson.Default.WorkloadView, cancellation);

    public Task<PlanHistoryView> Plan(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id) + "/plan"), WireJson.Default.PlanHistoryView, cancellation);

    public Task<StagesResponse> Stages(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id) + "/stages"), WireJson.Default.StagesResponse, cancellation);

    public Task<ArtifactManifest> Artifacts(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id) + "/artifacts"), WireJson.Default.ArtifactManifest, cancellation);

    /// <summary>Writes an artifact's bytes to <paramref name="destination"/>.</summary>
    public async Task Download(string contentId, Stream destination, CancellationToken cancellation = default)
    {
        var request = ApiRequest.Get("/v1/artifacts/" + QueryText.Segment(contentId)) with { Accept = "*/*" };
        using var response = await connection.Open(request, cancellation).ConfigureAwait(false);
        await response.Content.CopyToAsync(destination, cancellation).ConfigureAwait(false);
    }

    /// <summary>Brings a file for programs; its <c>contentId</c> goes into <c>program.inputs</c>. The same bytes again change nothing.</summary>
    public async Task<ArtifactStored> Bring(FileInfo file, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var request = ApiRequest.Post("/v1/artifacts", await FileBody.Of(file, cancellation).ConfigureAwait(false));
        return await connection.Send(request, WireJson.Default.ArtifactStored, cancellation).ConfigureAwait(false);
    }

    /// <summary>Drops what is queued or in flight; harmless when repeated.</summary>
    public Task<CancelResponse> Cancel(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Post(Of(id) + "/cancel"), WireJson.Default.CancelResponse, cancellation);

    /// <summary>One page, newest first.</summary>
    public Task<WorkloadPage> Page(WorkloadQuery query, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Path(query)), WireJson.Default.WorkloadPage, cancellation);

    /// <summary>Everything that the query selects, newest first, page after page as it is read.</summary>
    public async IAsyncEnumerable<WorkloadView> List(
        WorkloadQuery? query = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        query ??= new WorkloadQuery();
        WorkloadPage page;
        do
        {
            page = await Page(query, cancellation).ConfigureAwait(false);
            foreach (var workload in page.Data)
                yield return workload;
            query = query with { Offset = query.Offset + page.Data.Count };
        }
        while (page.HasMore && page.Data.Count > 0);
    }

    /// <summary>Events of the workload, its deployments and ground stages with a larger <c>seq</c>, in its order.</summary>
    public Task<EventFeed> Events(string id, long afterSeq = 0, int? limit = null, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Get(new QueryText(Of(id) + "/events").Add("after_seq", afterSeq).Add("limit", limit).ToString()),
            WireJson.Default.EventFeed,
            cancellation);

    /// <summary>
    /// Every event once, as it happens, until the workload has ended or the caller cancels. A lost connection is taken
    /// up again where it broke off (<c>Last-Event-ID</c>).
    /// </summary>
    public async IAsyncEnumerable<EventView> FollowEvents(
        string id, long afterSeq = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var follower = new EventFollower(connection, this, id, afterSeq);
        await using (follower.ConfigureAwait(false))
        {
            while (await follower.Next(cancellation).ConfigureAwait(false) is { } happened)
                yield return happened;
        }
    }

    private static string Of(string id) => $"{Route}/{QueryText.Segment(id)}";

    private static string Path(WorkloadQuery query) => new QueryText(Route)
        .Add("phase", query.Phase).Add("class", query.Class).Add("type", query.Type).Add("label", query.Label)
        .Add("since", query.Since).Add("until", query.Until).Add("limit", query.Limit).Add("offset", query.Offset)
        .ToString();
}
