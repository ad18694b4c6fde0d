using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Workloads;
using Orrery.Server.Errors;
using Orrery.Server.Identity;
using Orrery.Server.Metrics;

namespace Orrery.Server.Hosting;

/// <summary>Health, readiness, metrics and ping.</summary>
internal static class SystemEndpoints
{
    public static readonly string Version =
        typeof(SystemEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static void MapSystem(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("System").Allow(AccessRule.Open);
        group.MapGet("/healthz", () => TypedResults.Text("ok")).WithSummary("The process lives");
        group.MapGet("/readyz", Ready).WithSummary("Work can be taken");
        group.MapGet("/metrics", Metrics).WithSummary("Prometheus text; without a key on loopback only");
        routes.MapGet("/v1/ping", () => TypedResults.Ok(new PingResponse("ok", Version))).WithTags("System").Allow(AccessRule.Anyone)
            .WithSummary("The key works, and which version answers");
    }

    private static async Task<ContentHttpResult> Ready(Readiness readiness, CancellationToken ct) =>
        await readiness.Problem(ct) is { } problem
            ? throw new ApiException(503, "not_ready", problem)
            : TypedResults.Text(string.Join('\n', ["ok", .. readiness.Shortcomings]));

    private static async Task<ContentHttpResult> Metrics(HttpContext http, PrometheusText metrics, CallerResolver callers)
    {
        if (http.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address))
            await callers.Resolve(http, AccessRule.Admin);
        return TypedResults.Text(metrics.Render(), "text/plain; version=0.0.4");
    }
}
