using System.Globalization;
using Orrery.Contracts.Runs;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Objects;

/// <summary>Names of a workload's objects.</summary>
internal static class ObjectNames
{
    /// <summary>Controllers, the service for users and the secret that owns everything have the workload's own name.</summary>
    public static string Of(RunSpec run) => run.WorkloadId;

    /// <summary>The headless service.</summary>
    public static string Pods(string workloadId) => $"{workloadId}-pods";

    /// <summary>Kubeflow's job: one a run.</summary>
    public static string Job(string workloadId, int run) => string.Create(CultureInfo.InvariantCulture, $"{workloadId}-{run}");

    public static string PodId(string workloadId, int run, int rank) => string.Create(CultureInfo.InvariantCulture, $"{workloadId}-{run}-{rank}");

    /// <summary>Key of a variable in the workload's secret: while an update goes on, pods of two runs read it.</summary>
    public static string EnvKey(int run, string name) => string.Create(CultureInfo.InvariantCulture, $"{run}.{name}");
}
