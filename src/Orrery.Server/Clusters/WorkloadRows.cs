using Orrery.Scheduling;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters;

/// <summary>Makes the row of a new workload.</summary>
internal static class WorkloadRows
{
    /// <param name="id">Its id.</param>
    /// <param name="spec">The checked request.</param>
    /// <param name="env">Its environment.</param>
    /// <param name="box">Wraps it.</param>
    /// <param name="owner">Whose it is: user id, user name and cluster are taken from this row.</param>
    /// <param name="now">When.</param>
    public static ClusterWorkloadRow New(
        string id, ClusterSpec spec, IReadOnlyDictionary<string, string> env, EnvBox box, ClusterWorkloadRow owner, DateTimeOffset now) => new ClusterWorkloadRow
        {
            Id = id,
            Uid = Guid.NewGuid().ToString(),
            WorkspaceId = spec.WorkspaceId,
            ClusterId = owner.ClusterId,
            UserId = owner.UserId,
            UserName = owner.UserName,
            DisplayName = spec.DisplayName,
            Description = spec.Description,
            Kind = spec.Kind,
            Priority = spec.Priority,
            Replicas = spec.Replicas,
            Env = box.Seal(id, env),
            TimeoutS = spec.TimeoutS,
            CreatedAt = Microseconds.Floor(now),
            NotBefore = FirstStart(spec, now),
            Cron = spec.Cron,
            HasDependencies = spec.Dependencies.Count > 0,
            Conditions = ConditionLog.Write([new ConditionRow(ConditionTypes.AdminScheduling, 0, "", now)]),
        }.WithSpec(spec);

    public static DateTimeOffset? FirstStart(ClusterSpec spec, DateTimeOffset now) =>
        spec.Cron is { } cron && CronSchedule.TryParse(cron, out var schedule, out _) ? schedule.Next(now) : spec.StartAt;
}
