using System.Text.Json;
using Orrery.Contracts.Clusters;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Endpoints;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters;

/// <summary>Takes workloads in, and says beforehand what taking them in would lead to.</summary>
internal sealed class WorkloadCreation(
    WorkspaceDirectory workspaces, RequestContexts contexts, WorkloadCreator creator, NodePorts ports, ClusterHost clusters, EnvBox env, TimeProvider clock)
{
    public async Task<(string Id, IReadOnlyList<string> Warnings)> Create(
        CreateWorkloadRequest request, FieldValidation validation, Principal caller, IdempotencyScope? once, CancellationToken ct)
    {
        var context = await contexts.Create(request, caller, validation.Strict, ct);
        var result = CreateRules.Check(request, context);
        if (result.Spec is not { } spec)
            throw ClusterRefusals.Refused(Status(result.Code), result.Code, result.Errors);
        var workspace = workspaces.Find(spec.WorkspaceId)!;
        contexts.CheckMayRun(workspace, caller);
        spec = await ports.Reserve(workspace.ClusterId, spec, ct);
        var row = await creator.Create(spec, id => Row(id, spec, result.Env, workspace, caller), once, Answer, ct);
        return (row.Id, result.Warnings);
    }

    public async Task<ClusterPreviewResponse> Preview(CreateWorkloadRequest request, FieldValidation validation, Principal caller, CancellationToken ct)
    {
        var result = CreateRules.Check(request, await contexts.Create(request, caller, validation.Strict, ct));
        if (result.Spec is not { } spec)
            return new ClusterPreviewResponse(false, result.Errors, [], null, "", result.Warnings);
        var now = clock.GetUtcNow();
        var job = JobFactory.Of(spec, WorkloadNames.NewId(spec.DisplayName, spec.Kind), now);
        var clusterId = workspaces.Find(spec.WorkspaceId)!.ClusterId;
        if (clusters.Find(clusterId) is not { } cluster)
            return new ClusterPreviewResponse(true, result.Errors, [], new WaitView("cluster", $"cluster {clusterId}: {clusters.Absence(clusterId)}", 0, [], ""), "", result.Warnings);
        Forecast forecast;
        lock (cluster.State.Gate)
            forecast = cluster.State.Queue.Preview(job, now);
        var wait = forecast.Wait is { } explanation ? WaitReader.View(explanation, null) : null;
        return new ClusterPreviewResponse(true, result.Errors, forecast.Nodes, wait, forecast.FitsNow ? WorkloadViews.Time(now) : wait?.ExpectedStart ?? "", result.Warnings);
    }

    public static int Status(string code) => code switch
    {
        "Forbidden" => 403,
        "WorkspaceNotFound" or "WorkloadNotFound" => 404,
        "Conflict" or "AlreadyExists" => 409,
        "QuotaInsufficient" => 422,
        _ => 400,
    };

    private static string Answer(string id) => JsonSerializer.Serialize(new CreateWorkloadResponse(id), ClusterJson.Default.CreateWorkloadResponse);

    private ClusterWorkloadRow Row(string id, ClusterSpec spec, IReadOnlyDictionary<string, string> variables, Workspace workspace, Principal caller) =>
        WorkloadRows.New(
            id, spec, variables, env, new ClusterWorkloadRow { ClusterId = workspace.ClusterId, UserId = caller.UserId, UserName = caller.UserName }, clock.GetUtcNow());
}
