using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Errors;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>Cluster workloads: the eleven documented endpoints, preview and events.</summary>
internal static class ClusterWorkloadEndpoints
{
    public static void MapClusterWorkloads(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/workloads").WithTags("Cluster workloads").Allow(AccessRule.User);
        group.MapPost("", Create).WithSummary("Run a workload").Accepts<CreateWorkloadRequest>(Json).Produces<CreateWorkloadResponse>();
        group.MapPost("/preview", Preview).WithSummary("What create would do, without doing it").Accepts<CreateWorkloadRequest>(Json).Produces<ClusterPreviewResponse>();
        group.MapGet("", List).WithSummary("Workloads by filter").Produces<ClusterWorkloadPage>();
        group.MapGet("/{workloadId}", Get).WithSummary("One workload whole").Produces<ClusterWorkloadView>();
        group.MapPatch("/{workloadId}", Patch).WithSummary("Change a workload").Accepts<PatchWorkloadRequest>(Json);
        group.MapDelete("/{workloadId}", Delete).WithSummary("Stop a workload and remove it");
        group.MapPost("/{workloadId}/stop", Stop).WithSummary("Stop a workload");
        group.MapPost("/delete", DeleteMany).WithSummary("Delete many").Accepts<BatchWorkloadsRequest>(Json).Produces<BatchWorkloadsResponse>(207);
        group.MapPost("/stop", StopMany).WithSummary("Stop many").Accepts<BatchWorkloadsRequest>(Json).Produces<BatchWorkloadsResponse>(207);
        group.MapPost("/clone", CloneMany).WithSummary("Run the same again").Accepts<BatchWorkloadsRequest>(Json).Produces<BatchWorkloadsResponse>(207);
        group.MapGet("/{workloadId}/events", Events).WithSummary("All that happened to a workload, by seq").Produces<ClusterEventFeed>();
    }

    private const string Json = "application/json";

    private static async Task<IResult> Create(HttpContext http, WorkloadCreation creation, Idempotency idempotency, CancellationToken ct)
    {
        var body = await JsonBody.Bytes(http, JsonBody.Limit);
        var request = JsonBody.Parse(body.Span, ClusterJson.Default.CreateWorkloadRequest);
        var validation = FieldValidation.Of(http, onlyParameter: true);
        return await idempotency.Once(http, body, 200, ClusterJson.Default.CreateWorkloadResponse, async once =>
        {
            var (id, warnings) = await creation.Create(request, validation, http.Caller(), once, ct);
            Warnings.Write(http, validation, warnings);
            return new CreateWorkloadResponse(id);
        });
    }

    private static async Task<IResult> Preview(HttpContext http, WorkloadCreation creation, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, ClusterJson.Default.CreateWorkloadRequest);
        var validation = FieldValidation.Of(http, onlyParameter: true);
        return TypedResults.Json(await creation.Preview(request, validation, http.Caller(), ct), ClusterJson.Default.ClusterPreviewResponse);
    }

    private static async Task<IResult> List(HttpContext http, WorkloadQueries queries, CancellationToken ct)
    {
        var validation = FieldValidation.Of(http);
        var query = ListQuery.Parse(http.QueryPairsOf());
        validation.Check(query.Errors, query.Unknown);
        var page = await queries.List(query.Filter!, http.Caller(), ct);
        Warnings.Write(http, validation, query.Unknown.Select(name => $"unknown query parameter '{name}'"));
        return TypedResults.Json(page, ClusterJson.Default.ClusterWorkloadPage);
    }

    private static async Task<IResult> Get(string workloadId, HttpContext http, WorkloadQueries queries, CancellationToken ct)
    {
        FieldValidation.Of(http, onlyParameter: true);
        var (row, view) = await queries.Get(workloadId, http.Caller(), ct);
        http.Response.Headers.ETag = ETags.Of(row);
        return TypedResults.Json(view, ClusterJson.Default.ClusterWorkloadView);
    }

    private static async Task<IResult> Patch(string workloadId, HttpContext http, WorkloadPatching patching, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, ClusterJson.Default.PatchWorkloadRequest);
        var validation = FieldValidation.Of(http, onlyParameter: true);
        Warnings.Write(http, validation, await patching.Patch(workloadId, request, validation, http.Request.Headers.IfMatch.ToString(), http.Caller(), ct));
        return TypedResults.Ok();
    }

    private static async Task<IResult> Delete(string workloadId, HttpContext http, WorkloadActions actions, CancellationToken ct)
    {
        FieldValidation.Of(http, onlyParameter: true);
        await actions.Delete(workloadId, http.Caller(), ct);
        return TypedResults.Ok();
    }

    private static async Task<IResult> Stop(string workloadId, HttpContext http, WorkloadActions actions, CancellationToken ct)
    {
        FieldValidation.Of(http, onlyParameter: true);
        await actions.Stop(workloadId, http.Caller(), ct);
        return TypedResults.Ok();
    }

    private static Task<IResult> DeleteMany(HttpContext http, WorkloadActions actions, CancellationToken ct) =>
        Batches.Run(http, id => actions.Delete(id, http.Caller(), ct));

    private static Task<IResult> StopMany(HttpContext http, WorkloadActions actions, CancellationToken ct) =>
        Batches.Run(http, id => actions.Stop(id, http.Caller(), ct));

    private static async Task<IResult> CloneMany(HttpContext http, WorkloadCloning cloning, CancellationToken ct)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        var warnings = new List<string>();
        var result = await Batches.Run(http, async id => made[id] = await cloning.Clone(id, http.Caller(), warnings, ct), oneByOne: true);
        http.Response.Headers["X-Workload-Ids"] = string.Join(',', made.Values);
        Warnings.Write(http, FieldValidation.Of(http), warnings);
        return result;
    }

    private static async Task<IResult> Events(string workloadId, HttpContext http, WorkloadQueries queries, EventPages events, CancellationToken ct)
    {
        FieldValidation.Of(http, onlyParameter: true, "after_seq", "limit");
        var query = new QueryReader(http.Request.Query);
        var row = await queries.Visible(workloadId, http.Caller(), ct);
        var page = await events.After(row.Id, query.Whole("after_seq", 0L, 0, long.MaxValue), query.Whole("limit", 500, 1, 5000), ct);
        return TypedResults.Json(page, ClusterJson.Default.ClusterEventFeed);
    }
}
