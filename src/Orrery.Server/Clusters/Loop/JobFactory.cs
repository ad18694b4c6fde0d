using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>What admission weighs of a workload.</summary>
internal static class JobFactory
{
    public static ClusterSpec Spec(ClusterWorkloadRow row) => row.Parsed();

    public static Job Waiting(ClusterWorkloadRow row, IReadOnlyList<string> dependencies) =>
        Of(Spec(row), row.Id, row.CreatedAt) with
        {
            Priority = row.Priority,
            Timeout = Timeout(row),
            AlreadyRan = TimeSpan.FromMicroseconds(row.RanUs),
            NotBefore = row.NotBefore,
            DependsOn = dependencies,
        };

    /// <param name="row">A live one.</param>
    /// <param name="replicas">As many as it was given nodes.</param>
    public static Job Running(ClusterWorkloadRow row, int replicas) => Waiting(row, []) with { Replicas = replicas, NotBefore = null };

    public static Job Of(ClusterSpec spec, string id, DateTimeOffset createdAt) => new()
    {
        Id = id,
        WorkspaceId = spec.WorkspaceId,
        Priority = spec.Priority,
        CreatedAt = createdAt,
        Replicas = spec.Replicas,
        Request = Request(spec),
        Labels = spec.CustomerLabels,
        SpecifiedNodes = spec.SpecifiedNodes,
        TolerateAll = spec.IsTolerateAll,
        Timeout = spec.TimeoutS > 0 ? TimeSpan.FromSeconds(spec.TimeoutS) : null,
        Endless = WorkloadKinds.IsService(spec.Kind) && spec.TimeoutS == 0,
        NotBefore = spec.StartAt,
        DependsOn = spec.Dependencies,
    };

    public static Resources Request(ClusterSpec spec) => new(spec.CpuMillis, spec.MemoryBytes, spec.Gpus); // ephemeral storage does not count for fit on the local node

    public static TimeSpan? Timeout(ClusterWorkloadRow row) => row.TimeoutS > 0 ? TimeSpan.FromSeconds(row.TimeoutS) : null;
}
