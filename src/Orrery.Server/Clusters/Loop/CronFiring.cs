using Orrery.Scheduling;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Makes a child of each template whose time has come; a firing is skipped while the last child lives.</summary>
internal sealed class CronFiring(ClusterStore store, EnvBox env)
{
    public async Task<List<WorkloadChange>> Fire(ClusterState state, IEnumerable<string> ids, DateTimeOffset now, CancellationToken ct)
    {
        var changes = new List<WorkloadChange>();
        foreach (var row in ids.Select(id => state.Find(id)?.Row).OfType<ClusterWorkloadRow>().Where(row => IsDue(row, now)).ToList())
            changes.Add(Fire(row, await store.HasOpenChild(row.Id, ct), now));
        return changes;
    }

    private static bool IsDue(ClusterWorkloadRow row, DateTimeOffset now) =>
        row is { IsTemplate: true, Phase: ClusterPhase.Pending, Ending: null } && row.NotBefore <= now;

    private WorkloadChange Fire(ClusterWorkloadRow template, bool busy, DateTimeOffset now)
    {
        var change = new WorkloadChange(template, now);
        change.After = template with { NotBefore = CronSchedule.TryParse(template.Cron!, out var schedule, out _) ? schedule.Next(now) : null };
        if (busy)
        {
            change.Event("cluster_workload.firing_skipped", new { firing = template.NotBefore, next = change.After.NotBefore });
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
