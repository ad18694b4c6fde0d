using System.Runtime.CompilerServices;
using System.Text.Json;
using Orrery.Client.Http;
using Orrery.Contracts.Clusters;

namespace Orrery.Client.Clusters;

/// <summary>Create, find, change and end cluster workloads.</summary>
public sealed class ClusterWorkloadsClient
{
    internal const string Route = ClustersClient.Root + "/workloads";

    private const string Strict = "Strict";

    private readonly ApiConnection connection;

    internal ClusterWorkloadsClient(ApiConnection connection) => this.connection = connection;

    public Task<CreateWorkloadResponse> Create(
        CreateWorkloadRequest workload, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        Create(JsonSerializer.SerializeToElement(workload, ClusterJson.Default.CreateWorkloadRequest), strict: true, idempotencyKey, cancellation);

    /// <param name="workload">Sent as it is; the server checks it.</param>
    /// <param name="strict">Members that the API does not have are refused, not warned of.</param>
    /// <param name="idempotencyKey">Null makes one for this call's retries.</param>
    /// <param name="cancellation">Ends the call, not the workload.</param>
    public Task<CreateWorkloadResponse> Create(
        JsonElement workload, bool strict = true, string? idempotencyKey = null, CancellationToken cancellation = default)
    {
        var request = ApiRequest.Post(Validated(Route, strict), workload);
        request = request with { IdempotencyKey = idempotencyKey ?? request.IdempotencyKey };
        return connection.Send(request, ClusterJson.Default.CreateWorkloadResponse, cancellation);
    }

    /// <summary>What <see cref="Create(JsonElement, bool, string?, CancellationToken)"/> would do, without doing it.</summary>
    public Task<ClusterPreviewResponse> Preview(JsonElement workload, bool strict = true, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Post(Validated(Route + "/preview", strict), workload) with { IdempotencyKey = null },
            ClusterJson.Default.ClusterPreviewResponse, cancellation);

    public Task<ClusterWorkloadView> Get(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id)), ClusterJson.Default.ClusterWorkloadView, cancellation);

    /// <summary>One page.</summary>
    public Task<ClusterWorkloadPage> Page(ClusterWorkloadQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return connection.Send(ApiRequest.Get(query.Path(Route)), ClusterJson.Default.ClusterWorkloadPage, cancellation);
    }

    /// <summary>Everything that the query selects, page after page as it is read.</summary>
    public async IAsyncEnumerable<ClusterWorkloadItem> List(
        ClusterWorkloadQuery? query = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        query ??= new ClusterWorkloadQuery();
        ClusterWorkloadPage page;
        do
        {
            page = await Page(query, cancellation).ConfigureAwait(false);
            foreach (var workload in page.Items)
                yield return workload;
            query = query with { Offset = query.Offset + page.Items.Count };
        }
        while (query.Offset < page.TotalCount && page.Items.Count > 0);
    }

    public Task Update(string id, PatchWorkloadRequest change, CancellationToken cancellation = default) =>
        Update(id, JsonSerializer.SerializeToElement(change, ClusterJson.Default.PatchWorkloadRequest), cancellation: cancellation);

    /// <param name="id">The workload.</param>
    /// <param name="change">Only what it holds changes.</param>
    /// <param name="ifMatch">The ETag that the change was made for; another since then refuses it with 412. Null: any.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task Update(string id, JsonElement change, string? ifMatch = null, CancellationToken cancellation = default)
    {
        var request = ApiRequest.Patch(Validated(Of(id), strict: true), change);
        if (ifMatch is not null)
            request = request with { Headers = new Dictionary<string, string> { ["If-Match"] = ifMatch } };
        return connection.Send(request, cancellation);
    }

    /// <summary>Ends it; its processes are gone. Harmless when it has ended.</summary>
    public Task Stop(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Post(Of(id) + "/stop"), cancellation);

    /// <summary>Stops each; answers one result an id when not all went well, and none otherwise.</summary>
    public Task<IReadOnlyList<BatchWorkloadResult>> Stop(IReadOnlyList<string> ids, CancellationToken cancellation = default) =>
        BatchCall.Send(connection, Route + "/stop", ids, cancellation);

    /// <summary>Stops it and forgets it.</summary>
    public Task Delete(string id, CancellationToken cancellation = default) => connection.Send(ApiRequest.Delete(Of(id)), cancellation);

    /// <summary>Deletes each; answers one result an id when not all went well, and none otherwise.</summary>
    public Task<IReadOnlyList<BatchWorkloadResult>> Delete(IReadOnlyList<string> ids, CancellationToken cancellation = default) =>
        BatchCall.Send(connection, Route + "/delete", ids, cancellation);

    /// <summary>A fresh workload of the caller's with the same specification, for each.</summary>
    public Task<CloneResult> Clone(IReadOnlyList<string> ids, CancellationToken cancellation = default) =>
        BatchCall.Clone(connection, Route + "/clone", ids, cancellation);

    /// <summary>What happened to it with a larger <c>seq</c>, in its order.</summary>
    public Task<ClusterEventFeed> Events(string id, long afterSeq = 0, int? limit = null, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Get(new QueryText(Of(id) + "/events").Add("after_seq", afterSeq).Add("limit", limit).ToString()),
            ClusterJson.Default.ClusterEventFeed, cancellation);

    /// <summary>
    /// The workload as it is and then each time that it changed, until it has ended or the caller cancels; a server that
    /// is gone meanwhile is waited for.
    /// </summary>
    public IAsyncEnumerable<ClusterWorkloadView> Watch(string id, WatchOptions? options = null, CancellationToken cancellation = default) =>
        WorkloadWatch.Run(this, id, options ?? new WatchOptions(), connection.Clock, cancellation);

    internal static string Of(string id) => $"{Route}/{QueryText.Segment(id)}";

    private static string Validated(string path, bool strict) => new QueryText(path).Add("fieldValidation", strict ? Strict : null).ToString();
}
