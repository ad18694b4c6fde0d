using System.Net;
using Orrery.Client.Http;
using Orrery.Contracts.Clusters;

namespace Orrery.Client.Clusters;

/// <summary>Calls about several workloads: an empty answer says that all went well.</summary>
internal static class BatchCall
{
    private const string NewIds = "X-Workload-Ids";

    public static async Task<IReadOnlyList<BatchWorkloadResult>> Send(
        ApiConnection connection, string path, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        using var response = await connection.Open(Request(path, ids), cancellation).ConfigureAwait(false);
        return await Results(response, cancellation).ConfigureAwait(false);
    }

    public static async Task<CloneResult> Clone(ApiConnection connection, string path, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        using var response = await connection.Open(Request(path, ids), cancellation).ConfigureAwait(false);
        var made = response.Headers.TryGetValues(NewIds, out var values) ? values : [];
        return new(
            [.. made.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            await Results(response, cancellation).ConfigureAwait(false));
    }

    private static ApiRequest Request(string path, IReadOnlyList<string> ids) =>
        ApiRequest.Post(path, new BatchWorkloadsRequest { WorkloadIds = [.. ids] }, ClusterJson.Default.BatchWorkloadsRequest);

    private static async Task<IReadOnlyList<BatchWorkloadResult>> Results(HttpResponseMessage response, CancellationToken cancellation) =>
        response.StatusCode == HttpStatusCode.MultiStatus
            ? (await ResponseBody.Read(response, ClusterJson.Default.BatchWorkloadsResponse, cancellation).ConfigureAwait(false)).Results
            : [];
}
