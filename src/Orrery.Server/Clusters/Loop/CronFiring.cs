using Orrery.Scheduling;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;

namespace Orrery.Server.Clusters.Loop;

/// <summary>
/// Makes a child of each template whose time has come. A firing is skipped while the last child lives, and while its
/// owner may not use the workspace.
/// </summary>
internal sealed class CronFiring(ClusterStore store, EnvBox env, Membership members)
{
    public async Task<List<WorkloadChange>> Fire(ClusterState state, IEnumerable<string> ids, DateTimeOffset now, CancellationToken ct)
    {
        var changes = new List<WorkloadChange>();
        foreach (var row in ids.Select(id => state.Find(id)?.Row).OfType<ClusterWorkloadRow>().Where(row => IsDue(row, now)).ToList())
            changes.Add(Fire(row, await Obstacle(row, ct), now));
        return changes;
    }

    private static bool IsDue(ClusterWorkloadRow row, DateTimeOffset now) =>
        row is { IsTemplate: true, Phase: ClusterPhase.Pending, Ending: null } && row.NotBefore <= now;

    /// <summary>Why the firing is skipped; null: it is not.</summary>
    private async Task<string?> Obstacle(ClusterWorkloadRow template, CancellationToken ct) =>
        !await members.MayStillRun(template, ct) ? $"{template.UserName} is not a member of workspace '{template.WorkspaceId}' any more"
        : await store.HasOpenChild(template.Id, ct) ? "the run before has not ended"
        : null;

    private WorkloadChange Fire(ClusterWorkloadRow template, string? obstacle, DateTimeOffset now)
    {
        var change = new WorkloadChange(template, now);
        change.After = template with { NotBefore = CronSchedule.TryParse(template.Cron!, out var schedule, out _) ? schedule.Next(now) : null };
        if (obstacle is not null)
        {
            change.Event("cluster_workload.firing_skipped", new { firing = template.NotBefore, next = change.After.NotBefore, reason = obstacle });
            return change;
        }
        change.Child = Child(template, now);
        change.Event("cluster_workload.fired", new { firing = template.NotBefore, child = change.Child.Id, next = change.After.NotBefore });
        return change;
    }

    private ClusterWorkloadRow Child(ClusterWorkloadRow template, DateTimeOffset now)
    {
        var id = WorkloadNames.NewId(template.DisplayName, template.Kind);
        var spec = JobFactory.Spec(template) with { Cron = null };
        return WorkloadRows.New(id, spec, env.Open(template), env, template, now) with { ParentId = template.Id };
    }
}
