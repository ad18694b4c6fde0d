using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;
using Orrery.Server.Errors;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;
using Orrery.Server.Workloads;

namespace Orrery.Server.Deployments;

/// <summary>Deployments: one attempt of a stage on a satellite, and the events that its agent reports.</summary>
internal static class DeploymentEndpoints
{
    public static void MapDeployments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/deployments").WithTags("Deployments");
        group.MapGet("", List).Allow(AccessRule.User).WithSummary("Deployments, newest first");
        group.MapPost("", RunAgain).Allow(AccessRule.User).WithSummary("Run a stored stage plan again").Accepts<RunAgainRequest>("application/json");
        group.MapGet("/{id}", Get).Allow(AccessRule.Anyone).WithSummary("One deployment");
        group.MapPost("/{id}/cancel", Cancel).Allow(AccessRule.User).WithSummary("Cancel it, and with it its workload");
        group.MapGet("/{id}/events", ListEvents).Allow(AccessRule.Anyone).WithSummary("Its events in the order of time");
        group.MapPost("/{id}/events", PostEvents).Allow(AccessRule.Agent).WithSummary("Report an event, or an array of them")
            .Accepts<EventPost>("application/json").Produces<EventPosted>(201).Produces<EventsPosted>(201).Produces<EventsPartlyPosted>(207);
    }

    private static async Task<Ok<DeploymentPage>> List(HttpContext http, DeploymentStore store, CancellationToken ct)
    {
        var query = new QueryReader(http, "offset", "limit");
        return TypedResults.Ok(await store.List(
            http.Caller(), query.Whole("offset", 0, 0, int.MaxValue), query.Whole("limit", 100, 1, 500), ct));
    }

    private static async Task<Ok<DeploymentView>> Get(string id, HttpContext http, DeploymentStore store, CancellationToken ct) =>
        TypedResults.Ok(DeploymentStore.View(await Visible(id, http, store, ct)));

    private static async Task<Ok<EventPage>> ListEvents(
        string id, HttpContext http, DeploymentStore store, EventQueries events, CancellationToken ct)
    {
        var query = new QueryReader(http, "offset", "limit");
        var (offset, limit) = (query.Whole("offset", 0, 0, int.MaxValue), query.Whole("limit", 100, 1, 500));
        await Visible(id, http, store, ct);
        return TypedResults.Ok(await events.OfDeployment(id, offset, limit, ct));
    }

    private static Task<IResult> PostEvents(string id, HttpContext http, EventPosting posting) => posting.Post(id, http);

    private static async Task<Created<DeploymentStatusResponse>> RunAgain(HttpContext http, DeploymentRunner runner, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, WireJson.Default.RunAgainRequest);
        var started = await runner.RunAgain(request, http.Caller(), ct);
        return TypedResults.Created($"/api/deployments/{started.Id}", started);
    }

    private static async Task<Ok<DeploymentStatusResponse>> Cancel(
        string id, HttpContext http, DeploymentStore store, WorkloadCanceller canceller, CancellationToken ct)
    {
        var deployment = await Visible(id, http, store, ct);
        if (deployment.Status is DeploymentStatus.Completed or DeploymentStatus.Failed)
            throw new ApiException(409, "already_finished", $"Deployment '{id}' has ended already: {deployment.Status}.");
        await canceller.Cancel(deployment.WorkloadId, http.Caller(), ct);
        return TypedResults.Ok(new DeploymentStatusResponse(id, DeploymentStatus.Cancelled));
    }

    private static async Task<DeploymentRow> Visible(string id, HttpContext http, DeploymentStore store, CancellationToken ct) =>
        await store.Find(id, ct) is { } row && DeploymentStore.MaySee(http.Caller(), row) ? row : throw Refuse.NotFound("deployment", id);
}
