using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters;

/// <summary>Runs the same again: a fresh workload of the caller's with the same spec.</summary>
internal sealed class WorkloadCloning(
    WorkloadQueries queries, WorkspaceDirectory workspaces, RequestContexts contexts, ClusterStore store, WorkloadCreator creator, NodePorts ports, EnvBox env, TimeProvider clock)
{
    public async Task<string> Clone(string id, Principal caller, List<string> warnings, CancellationToken ct)
    {
        var original = await queries.Changeable(id, caller, ct); // its environment is copied: who may not read it may not clone it
        var workspace = workspaces.Find(original.WorkspaceId, caller) ?? throw ClusterRefusals.WorkspaceNotFound(original.WorkspaceId);
        contexts.CheckMayRun(workspace, caller);
        var spec = await Fresh(original, warnings, ct);
        CheckPriority(spec, workspace, caller);
        spec = await ports.Reserve(workspace.ClusterId, spec, ct);
        var variables = env.Open(original);
        var owner = new ClusterWorkloadRow { ClusterId = workspace.ClusterId, UserId = caller.UserId, UserName = caller.UserName };
        var row = await creator.Create(spec, fresh => WorkloadRows.New(fresh, spec, variables, env, owner, clock.GetUtcNow()), null, null, ct);
        return row.Id;
    }

    private async Task<ClusterSpec> Fresh(ClusterWorkloadRow original, List<string> warnings, CancellationToken ct)
    {
        var spec = JobFactory.Spec(original);
        if (spec.StartAt <= clock.GetUtcNow())
        {
            warnings.Add($"{original.Id}: its start time has passed and was left out");
            spec = spec with { StartAt = null };
        }
        if (spec.Service is { ServiceType: "NodePort" } service)
            spec = spec with { Service = service with { NodePort = 0 } };
        if (spec.Dependencies.Count == 0)
            return spec;
        var known = await store.Phases([.. spec.Dependencies], ct);
        var gone = spec.Dependencies.Where(dependency => !known.ContainsKey(dependency)).ToList();
        if (gone.Count > 0)
            warnings.Add($"{original.Id}: dependencies that are gone were left out: {string.Join(", ", gone)}");
        return spec with { Dependencies = [.. spec.Dependencies.Except(gone)] };
    }

    private static void CheckPriority(ClusterSpec spec, Workspace workspace, Principal caller)
    {
        if (spec.Priority == CreateRules.HighestPriority && !workspace.IsAdmin(caller))
            throw ClusterRefusals.Forbidden("Priority 2 is for the workspace's admins; the original was made by one.");
    }
}
