using Orrery.Contracts.Workloads;

namespace Orrery.Client.Workloads;

/// <summary>Phases of an orbital workload.</summary>
public static class WorkloadPhases
{
    public const string Done = "done";
    public const string Failed = "failed";
    public const string TimedOut = "timed_out";
    public const string Canceled = "canceled";

    public static bool IsEnd(string? phase) => phase is Done or Failed or TimedOut or Canceled;

    public static bool HasEnded(this WorkloadView workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return IsEnd(workload.Phase);
    }
}
