using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Endpoints;
using Orrery.Server.Errors;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Workspaces;

/// <summary>Workspaces and nodes.</summary>
internal static class WorkspaceEndpoints
{
    public static void MapWorkspaces(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/workspaces").WithTags("Workspaces");
        group.MapGet("", List).WithSummary("Workspaces that you may use").Allow(AccessRule.User).Produces<WorkspaceList>();
        group.MapPost("", Create).WithSummary("Make a workspace").Allow(AccessRule.Admin).Accepts<WorkspaceRequest>(Json).Produces<WorkspaceView>();
        group.MapGet("/{workspaceId}", Get).WithSummary("One workspace").Allow(AccessRule.User).Produces<WorkspaceView>();
        group.MapPatch("/{workspaceId}", Patch).WithSummary("Change a workspace; its admins may change its members").Allow(AccessRule.User).Accepts<WorkspaceRequest>(Json).Produces<WorkspaceView>();
        group.MapDelete("/{workspaceId}", Delete).WithSummary("Remove a workspace that has no workloads").Allow(AccessRule.Admin);
        routes.MapGet("/api/v1/nodes", Nodes).WithTags("Clusters").WithSummary("Nodes, what is free there and what runs there").Allow(AccessRule.User).Produces<NodeList>();
    }

    private const string Json = "application/json";

    private static IResult List(HttpContext http, WorkspaceDirectory workspaces, WorkspaceViews views)
    {
        FieldValidation.Of(http, onlyParameter: true);
        var items = workspaces.All.Where(workspace => workspace.MayUse(http.Caller())).OrderBy(workspace => workspace.CreatedAt).ThenBy(workspace => workspace.Id, StringComparer.Ordinal).Select(views.View).ToList();
        return TypedResults.Json(new WorkspaceList(items.Count, items), ClusterJson.Default.WorkspaceList);
    }

    private static async Task<IResult> Create(HttpContext http, WorkspaceChanges changes, WorkspaceViews views, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, ClusterJson.Default.WorkspaceRequest);
        var (workspace, warnings) = await changes.Create(request, FieldValidation.Of(http, onlyParameter: true), http.Caller(), ct);
        Warnings.Write(http, FieldValidation.Of(http), warnings);
        return TypedResults.Json(views.View(workspace), ClusterJson.Default.WorkspaceView);
    }

    private static IResult Get(string workspaceId, HttpContext http, WorkspaceDirectory workspaces, WorkspaceViews views)
    {
        FieldValidation.Of(http, onlyParameter: true);
        return TypedResults.Json(views.View(Visible(workspaceId, http, workspaces)), ClusterJson.Default.WorkspaceView);
    }

    private static async Task<IResult> Patch(
        string workspaceId, HttpContext http, WorkspaceDirectory workspaces, WorkspaceChanges changes, WorkspaceViews views, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, ClusterJson.Default.WorkspaceRequest);
        var current = Visible(workspaceId, http, workspaces);
        if (!current.IsAdmin(http.Caller()))
            throw ClusterRefusals.Forbidden($"Workspace '{workspaceId}' is changed by its admins.");
        var (workspace, warnings) = await changes.Patch(current, request, FieldValidation.Of(http, onlyParameter: true), http.Caller(), ct);
        Warnings.Write(http, FieldValidation.Of(http), warnings);
        return TypedResults.Json(views.View(workspace), ClusterJson.Default.WorkspaceView);
    }

    private static async Task<IResult> Delete(string workspaceId, HttpContext http, WorkspaceDirectory workspaces, WorkspaceChanges changes, CancellationToken ct)
    {
        FieldValidation.Of(http, onlyParameter: true);
        await changes.Delete(Visible(workspaceId, http, workspaces), http.Caller(), ct);
        return TypedResults.Ok();
    }

    private static IResult Nodes(HttpContext http, WorkspaceViews views)
    {
        FieldValidation.Of(http, onlyParameter: true);
        return TypedResults.Json(views.Nodes(http.Caller()), ClusterJson.Default.NodeList);
    }

    private static Workspace Visible(string id, HttpContext http, WorkspaceDirectory workspaces) =>
        workspaces.Find(id, http.Caller()) ?? throw ClusterRefusals.WorkspaceNotFound(id);
}
