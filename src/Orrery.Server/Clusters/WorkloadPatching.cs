using System.Text.Json;
using Orrery.Contracts.Clusters;
using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Endpoints;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters;

/// <summary>Changes a workload: while it waits all of it, later what the documents allow.</summary>
internal sealed class WorkloadPatching(
    WorkloadQueries queries, WorkloadActions actions, RequestContexts contexts, WorkspaceDirectory workspaces, ClusterHost clusters, EnvBox env, TimeProvider clock)
{
    public async Task<IReadOnlyList<string>> Patch(
        string id, PatchWorkloadRequest request, FieldValidation validation, string ifMatch, Principal caller, CancellationToken ct)
    {
        await queries.Usable(id, caller, ct);
        IReadOnlyList<string> warnings = [];
        await actions.Change(
            id,
            row =>
            {
                if (!ETags.Matches(ifMatch, row))
                    throw ClusterRefusals.PreconditionFailed();
                var result = Check(request, row, validation, caller);
                warnings = result.Warnings;
                return Change(row, result, caller);
            },
            ct);
        return warnings;
    }

    private CheckedPatch Check(PatchWorkloadRequest request, ClusterWorkloadRow row, FieldValidation validation, Principal caller)
    {
        var facts = workspaces.Find(row.WorkspaceId) is { } workspace ? contexts.Facts(workspace, caller) : null;
        var result = PatchRules.Check(request, JobFactory.Spec(row), env.Open(row), State(row), facts, clock.GetUtcNow(), validation.Strict);
        if (result.Next is null)
            throw ClusterRefusals.Refused(WorkloadCreation.Status(result.Code), result.Code, result.Errors);
        if (result.NeedsRollout)
            CheckRoom(row, result.Next);
        return result;
    }

    private static PatchState State(ClusterWorkloadRow row) =>
        row.IsEnded || row.Ending is not null ? PatchState.Ended
        : !row.IsLive ? PatchState.Waiting
        : WorkloadKinds.IsService(row.Kind) ? PatchState.LiveService : PatchState.DispatchedJob;

    /// <summary>More replicas, or larger ones, have to fit now: a running service does not go back into the queue.</summary>
    private void CheckRoom(ClusterWorkloadRow row, ClusterSpec next)
    {
        var current = JobFactory.Spec(row);
        if (JobFactory.Request(current) == JobFactory.Request(next) && next.Replicas <= current.Replicas)
            return;
        if (clusters.Find(row.ClusterId) is not { } cluster)
            return; // the cluster's own server finds out, and the rollout waits
        Forecast forecast;
        var more = Math.Max(1, next.Replicas - current.Replicas);
        lock (cluster.State.Gate)
            forecast = cluster.State.Queue.Preview(JobFactory.Of(next with { Replicas = more, StartAt = null, Dependencies = [] }, row.Id + "-more", clock.GetUtcNow()), clock.GetUtcNow());
        if (!forecast.FitsNow)
            throw ClusterRefusals.Conflict($"There is no room for it now: {forecast.Wait?.Message}");
    }

    private WorkloadChange? Change(ClusterWorkloadRow row, CheckedPatch result, Principal caller)
    {
        var (spec, now) = (result.Next!, clock.GetUtcNow());
        var text = JsonSerializer.Serialize(spec, ClusterSpecJson.Default.ClusterSpec);
        if (text == row.Spec && result.Env is null)
            return null;
        var change = new WorkloadChange(row, now);
        var rescheduled = spec.StartAt != JobFactory.Spec(row).StartAt || spec.Cron != row.Cron;
        change.After = row with
        {
            Spec = text,
            Env = result.Env is null ? row.Env : env.Seal(row.Id, result.Env),
            Description = spec.Description,
            Priority = spec.Priority,
            Replicas = spec.Replicas,
            TimeoutS = spec.TimeoutS,
            Cron = spec.Cron,
            NotBefore = rescheduled ? WorkloadRows.FirstStart(spec, now) : row.NotBefore,
            Rollout = row.Rollout || result.NeedsRollout,
        };
        change.Event("cluster_workload.patched", new { rollout = result.NeedsRollout }, $"user:{caller.UserId}");
        return change;
    }
}
