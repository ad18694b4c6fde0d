using Orrery.Contracts.Clusters;

namespace Orrery.Client.Clusters;

/// <summary>Phases of a cluster workload and of its pods.</summary>
public static class ClusterPhases
{
    public const string Pending = "Pending";
    public const string Running = "Running";

    /// <summary>A service that rolls to a new version.</summary>
    public const string Updating = "Updating";

    /// <summary>A service of which no replica is ready.</summary>
    public const string NotReady = "NotReady";

    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
    public const string Stopped = "Stopped";

    public static bool IsEnd(string? phase) => phase is Succeeded or Failed or Stopped;

    public static bool HasEnded(this ClusterWorkloadItem workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return IsEnd(workload.Phase);
    }

    /// <summary>It runs no more, and its log grows no more.</summary>
    public static bool HasEnded(this PodView pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return pod.EndTime.Length > 0 || IsEnd(pod.Phase);
    }
}
