using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Endpoints;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Workspaces;

/// <summary>Makes, changes and removes workspaces.</summary>
internal sealed class WorkspaceChanges(WorkspaceStore store, ClusterRegistry registry, WorkspaceDirectory directory, IdentityStore identity, ClusterHost clusters, TimeProvider clock)
{
    public async Task<(Workspace Workspace, IReadOnlyList<string> Warnings)> Create(
        WorkspaceRequest request, FieldValidation validation, Principal caller, CancellationToken ct)
    {
        var fresh = new Workspace
        {
            Id = "",
            DisplayName = request.WorkspaceId ?? "",
            ClusterId = clusters.All.FirstOrDefault()?.Id ?? "",
            Settings = new WorkspaceSettings(),
            CreatedAt = clock.GetUtcNow(),
        };
        var result = await Check(request, fresh, validation, caller, ct);
        if (!await store.Add(result.Workspace!, Actor(caller), ct))
            throw ClusterRefusals.AlreadyExists($"workspaceId: there is a workspace '{result.Workspace!.Id}' already");
        await directory.Reload(ct);
        return (directory.Find(result.Workspace!.Id)!, result.Warnings);
    }

    public async Task<(Workspace Workspace, IReadOnlyList<string> Warnings)> Patch(
        Workspace current, WorkspaceRequest request, FieldValidation validation, Principal caller, CancellationToken ct)
    {
        var result = await Check(request, current, validation, caller, ct);
        if (!await store.Save(result.Workspace!, Actor(caller), clock.GetUtcNow(), ct))
        {
            await directory.Reload(ct);
            throw ClusterRefusals.Conflict($"Workspace '{current.Id}' was changed by someone else just now; read it again.");
        }
        await directory.Reload(ct);
        return (directory.Find(current.Id)!, result.Warnings);
    }

    public async Task Delete(Workspace workspace, Principal caller, CancellationToken ct)
    {
        if (await store.Delete(workspace.Id, Actor(caller), clock.GetUtcNow(), ct) is > 0 and var left)
            throw ClusterRefusals.Conflict($"Workspace '{workspace.Id}' still has {left} workloads; delete them first.");
        await directory.Reload(ct);
    }

    private async Task<CheckedWorkspace> Check(
        WorkspaceRequest request, Workspace current, FieldValidation validation, Principal caller, CancellationToken ct)
    {
        var known = (await registry.All(ct)).ToDictionary(cluster => cluster.Id, cluster => cluster.Backend, StringComparer.Ordinal);
        var users = (await identity.Users(ct)).Select(user => user.Id).ToHashSet(StringComparer.Ordinal);
        var result = WorkspaceRules.Check(request, current, known, users, onlyMembers: !caller.IsAdmin, validation.Strict);
        return result.Workspace is not null ? result : throw ClusterRefusals.Refused(WorkloadCreation.Status(result.Code), result.Code, result.Errors);
    }

    private static string Actor(Principal caller) => $"user:{caller.UserId}";
}
