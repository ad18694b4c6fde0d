using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Server.Artifacts;
using Orrery.Server.Errors;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;

namespace Orrery.Server.Workloads;

/// <summary>Orbital workloads: preview, submit, follow, cancel.</summary>
internal static class WorkloadEndpoints
{
    public static void MapWorkloads(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/workloads").WithTags("Workloads").Allow(AccessRule.User);
        group.MapPost("/preview", Preview).WithSummary("Plan a workload and price it, without running it")
            .Accepts<WorkloadRequest>("application/json").Produces<PreviewResponse>();
        group.MapPost("", Submit).WithSummary("Run a workload").Accepts<WorkloadRequest>("application/json").Produces<SubmitResponse>(202);
        group.MapGet("", List).WithSummary("Workloads, newest first");
        group.MapGet("/{id}", Get).WithSummary("Where a workload stands");
        group.MapGet("/{id}/plan", Plan).WithSummary("The plan that runs, and those that it replaced");
        group.MapGet("/{id}/stages", Stages).WithSummary("Which satellite runs which stage, and how far it is");
        group.MapGet("/{id}/artifacts", Artifacts).WithSummary("The result manifest");
        group.MapGet("/{id}/events", Events).WithSummary("All events of a workload by seq; streams when text/event-stream is accepted").Produces<EventFeed>();
        group.MapPost("/{id}/cancel", Cancel).WithSummary("Stop a workload; its open stages are dropped").Produces<CancelResponse>();
    }

    private static async Task<Ok<PreviewResponse>> Preview(HttpContext http, PlanService plans, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, WireJson.Default.WorkloadRequest);
        var planned = await plans.Plan(request, http.Caller(), submitting: false, ct);
        return TypedResults.Ok(new PreviewResponse(
            WorkloadClasses.Kind(planned.Class), planned.Plan.Candidates, PlanMapping.View(planned.Plan), PlanMapping.Cost(planned.Plan.Price), planned.Mode));
    }

    private static async Task<IResult> Submit(HttpContext http, WorkloadSubmission submission, Idempotency idempotency, CancellationToken ct)
    {
        var body = await JsonBody.Bytes(http, JsonBody.Limit);
        var request = JsonBody.Parse(body.Span, WireJson.Default.WorkloadRequest);
        var caller = http.Caller();
        return await idempotency.Once(http, body, 202, WireJson.Default.SubmitResponse, async once =>
        {
            var response = await submission.Submit(request, caller, once, ct);
            http.Response.Headers.Location = response.StatusUrl;
            return response;
        });
    }

    private static async Task<Ok<WorkloadPage>> List(HttpContext http, WorkloadQueries queries, CancellationToken ct)
    {
        var query = new QueryReader(http, "phase", "class", "type", "label", "since", "until", "limit", "offset");
        var filter = new WorkloadFilter(
            query.Text("phase"), query.Text("class"), query.Text("type"), query.Text("label"), query.Time("since"), query.Time("until"),
            query.Whole("limit", 50, 1, 500), query.Whole("offset", 0, 0, int.MaxValue));
        if (filter.Phase is { } phase && !WorkloadPhase.All.Contains(phase))
            throw Refuse.Invalid("phase", $"must be one of: {string.Join(", ", WorkloadPhase.All)}");
        if (filter.Class is { } name && !WorkloadClasses.All.Contains(name))
            throw Refuse.Invalid("class", $"must be one of: {string.Join(", ", WorkloadClasses.All)}");
        return TypedResults.Ok(await queries.List(filter, http.Caller(), ct));
    }

    private static async Task<Ok<WorkloadView>> Get(string id, HttpContext http, WorkloadQueries queries, CancellationToken ct) =>
        TypedResults.Ok(await queries.Get(id, http.Caller(), ct));

    private static async Task<Ok<PlanHistoryView>> Plan(string id, HttpContext http, WorkloadQueries queries, CancellationToken ct) =>
        TypedResults.Ok(await queries.Plan(id, http.Caller(), ct));

    private static async Task<Ok<StagesResponse>> Stages(string id, HttpContext http, WorkloadQueries queries, CancellationToken ct) =>
        TypedResults.Ok(await queries.Stages(id, http.Caller(), ct));

    private static async Task<Ok<ArtifactManifest>> Artifacts(string id, HttpContext http, WorkloadQueries queries, ArtifactStore artifacts, CancellationToken ct)
    {
        await queries.Visible(id, http.Caller(), ct);
        return TypedResults.Ok(await artifacts.Manifest(id, ct));
    }

    private static async Task<IResult> Events(string id, HttpContext http, WorkloadQueries queries, EventQueries events, EventStream stream, CancellationToken ct)
    {
        var query = new QueryReader(http, "after_seq", "limit");
        var (after, limit) = (query.Whole("after_seq", 0L, 0, long.MaxValue), query.Whole("limit", 500, 1, 5000));
        await queries.Visible(id, http.Caller(), ct);
        if (EventStream.IsWanted(http))
            return stream.Open(id, http, after);
        var rows = await events.After(id, after, limit + 1, ct);
        var page = rows.Take(limit).Select(EventQueries.View).ToList();
        return TypedResults.Ok(new EventFeed(id, page, page.Count > 0 ? page[^1].Seq : after, rows.Count > limit));
    }

    private static async Task<IResult> Cancel(string id, HttpContext http, WorkloadCanceller canceller, Idempotency idempotency, CancellationToken ct)
    {
        var body = await JsonBody.Bytes(http, limit: 4096);
        return await idempotency.Once(http, body, 200, WireJson.Default.CancelResponse, async _ =>
        {
            await canceller.Cancel(id, http.Caller(), ct);
            return new CancelResponse(id, WorkloadPhase.Canceled);
        });
    }
}
