using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Clusters;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Errors;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>What can be done with one pod: its log, its containers, a shell in it.</summary>
internal static class PodEndpoints
{
    public static void MapPods(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/workloads/{workloadId}/pods/{podId}").WithTags("Pods").Allow(AccessRule.User);
        group.MapGet("/logs", Logs).WithSummary("The log of a pod; with follow=true as server-sent events until it ends").Produces<PodLogResponse>();
        group.MapGet("/containers", Containers).WithSummary("Containers and shells of a pod").Produces<PodContainersResponse>();
        group.MapGet("/webshell", Shell).WithSummary("A WebSocket to a shell or a command in a pod; owner or admin only");
    }

    private static async Task<IResult> Logs(string workloadId, string podId, HttpContext http, WorkloadQueries queries, PodLogs logs, CancellationToken ct)
    {
        var validation = FieldValidation.Of(http);
        var query = LogQuery.Parse(http.QueryPairsOf());
        validation.Check(query.Errors, query.Unknown);
        var row = await queries.Visible(workloadId, http.Caller(), ct);
        var pod = await queries.Pod(row, podId, ct);
        Warnings.Write(http, validation, query.Unknown.Select(name => $"unknown query parameter '{name}'"));
        if (query.Follow)
            return logs.Stream(row, pod, query, http);
        return TypedResults.Json(new PodLogResponse(row.Id, podId, row.WorkspaceId, await logs.Read(row, pod, query, ct)), ClusterJson.Default.PodLogResponse);
    }

    private static async Task<IResult> Containers(
        string workloadId, string podId, HttpContext http, WorkloadQueries queries, ClusterHost clusters, CancellationToken ct)
    {
        FieldValidation.Of(http, onlyParameter: true);
        var row = await queries.Visible(workloadId, http.Caller(), ct);
        var pod = await queries.Pod(row, podId, ct);
        var shells = pod.Phase == PodPhases.Running ? await clusters.Backend(row).Shells(new PodRef(row.Id, row.WorkspaceId, podId), ct) : [];
        return TypedResults.Json(new PodContainersResponse([new ContainerName("main")], shells), ClusterJson.Default.PodContainersResponse);
    }

    private static async Task Shell(string workloadId, string podId, HttpContext http, WorkloadQueries queries, ClusterHost clusters, CancellationToken ct)
    {
        CheckOrigin(http);
        var query = ShellQuery.Parse(http);
        var row = await queries.Usable(workloadId, http.Caller(), ct);
        var pod = await queries.Pod(row, podId, ct);
        if (pod.Phase != PodPhases.Running)
            throw ClusterRefusals.Conflict($"Pod '{podId}' is {pod.Phase}; a shell needs a running one.");
        var target = new PodRef(row.Id, row.WorkspaceId, podId);
        var backend = clusters.Backend(row);
        var shells = await backend.Shells(target, ct);
        if (!shells.Contains(query.Shell))
            throw new ApiException(400, "BadRequest", $"shell: the pod has no '{query.Shell}'; it has {string.Join(", ", shells)}");
        if (!http.WebSockets.IsWebSocketRequest)
            throw new ApiException(400, "BadRequest", "A web shell is a WebSocket: send an upgrade request.");
        using var inside = await backend.OpenShell(target, query, ct);
        using var outside = await http.WebSockets.AcceptWebSocketAsync();
        await ShellBridge.Run(outside, inside, ct);
    }

    /// <summary>A page of another site must not open a shell with the reader's cookie.</summary>
    private static void CheckOrigin(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != http.Request.Host.Value))
            throw ClusterRefusals.Forbidden("The Origin of a web shell must be this server.");
    }
}
