using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Endpoints;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Errors;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Registry;

/// <summary>Clusters: anyone sees how they stand, admins register Kubernetes clusters.</summary>
internal static class ClusterEndpoints
{
    private const string Json = "application/json";

    public static void MapClusters(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/clusters").WithTags("Clusters");
        group.MapGet("", List).WithSummary("Clusters, their health and room").Allow(AccessRule.User).Produces<ClusterList>();
        group.MapPost("", Register).WithSummary("Register a Kubernetes cluster").Allow(AccessRule.Admin).Accepts<ClusterRequest>(Json).Produces<ClusterView>();
        group.MapPut("/{clusterId}", Replace).WithSummary("Reach a registered cluster with another kubeconfig").Allow(AccessRule.Admin).Accepts<ClusterRequest>(Json).Produces<ClusterView>();
        group.MapDelete("/{clusterId}", Delete).WithSummary("Forget a registered cluster that has no workspaces").Allow(AccessRule.Admin);
    }

    private static async Task<IResult> List(HttpContext http, WorkspaceViews views, CancellationToken ct)
    {
        FieldValidation.Of(http, onlyParameter: true);
        return TypedResults.Json(await views.Clusters(http.Caller(), ct), ClusterJson.Default.ClusterList);
    }

    private static async Task<IResult> Register(HttpContext http, ClusterChanges changes, WorkspaceViews views, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, ClusterJson.Default.ClusterRequest);
        return Answer(http, views, await changes.Register(request, FieldValidation.Of(http, onlyParameter: true), http.Caller(), ct));
    }

    private static async Task<IResult> Replace(string clusterId, HttpContext http, ClusterChanges changes, WorkspaceViews views, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, ClusterJson.Default.ClusterRequest);
        return Answer(http, views, await changes.Replace(clusterId, request, FieldValidation.Of(http, onlyParameter: true), http.Caller(), ct));
    }

    private static async Task<IResult> Delete(string clusterId, HttpContext http, ClusterChanges changes, CancellationToken ct)
    {
        FieldValidation.Of(http, onlyParameter: true);
        await changes.Delete(clusterId, http.Caller(), ct);
        return TypedResults.Ok();
    }

    private static IResult Answer(HttpContext http, WorkspaceViews views, (ClusterRow Cluster, IReadOnlyList<string> Warnings) result)
    {
        Warnings.Write(http, FieldValidation.Of(http), result.Warnings);
        return TypedResults.Json(views.View(result.Cluster, http.Caller()), ClusterJson.Default.ClusterView);
    }
}
