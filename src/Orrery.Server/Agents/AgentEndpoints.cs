using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;
using Orrery.Server.Deployments;
using Orrery.Server.Errors;
using Orrery.Server.Identity;

namespace Orrery.Server.Agents;

/// <summary>What satellite agents call: register, ask for work, tell how they are.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/agent").WithTags("Agents").Allow(AccessRule.Agent);
        group.MapPost("/register", Register).WithSummary("Register, or register again").Accepts<RegisterRequest>("application/json");
        group.MapGet("/workloads", Poll).WithSummary("The oldest pending deployment of the agent's satellite; 204 when there is none")
            .Produces<AgentWork>();
        group.MapPost("/telemetry", Telemetry).WithSummary("How the satellite is").Accepts<TelemetryRequest>("application/json");
        group.MapGet("/deployments/{id}", Status).WithSummary("How a deployment of this agent stands");
    }

    private static async Task<Created<RegisterResponse>> Register(HttpContext http, AgentStore store, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, WireJson.Default.RegisterRequest);
        var agent = AgentIdentity.Of(http);
        AgentRules.Check(request, agent);
        var row = await store.Register(agent, request, ct);
        return TypedResults.Created("/api/agent/workloads", new RegisterResponse(row.Id, "idle"));
    }

    private static async Task<Results<ContentHttpResult, NoContent>> Poll(HttpContext http, WorkPoll poll, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await poll.Next(AgentIdentity.Of(http), ct) is { } work
            ? TypedResults.Content(work, "application/json")
            : TypedResults.NoContent();
    }

    private static async Task<Ok<TelemetryResponse>> Telemetry(HttpContext http, AgentStore store, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, WireJson.Default.TelemetryRequest, limit: 64 * 1024);
        var agent = AgentIdentity.Of(http);
        AgentRules.Check(request, agent);
        await store.Report(agent, request.Status!, JsonSerializer.Serialize(request, WireJson.Default.TelemetryRequest), ct);
        return TypedResults.Ok(new TelemetryResponse(true, await store.DeploymentAtWork(agent, ct)));
    }

    private static async Task<Ok<AgentDeploymentResponse>> Status(string id, HttpContext http, DeploymentStore deployments, CancellationToken ct)
    {
        var agent = AgentIdentity.Of(http);
        return await deployments.Find(id, ct) is { } row && row.AgentRef == agent.Ref
            ? TypedResults.Ok(new AgentDeploymentResponse(row.Status))
            : throw Refuse.NotFound("deployment", id);
    }
}
