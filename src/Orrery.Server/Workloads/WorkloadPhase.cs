using Orrery.Server.Hosting;

namespace Orrery.Server.Workloads;

/// <summary>submitted → scheduling → dispatching → awaiting_report → done; or failed, timed_out, canceled from any of them.</summary>
internal static class WorkloadPhase
{
    public const string Submitted = "submitted";
    public const string Scheduling = "scheduling";
    public const string Dispatching = "dispatching";
    public const string AwaitingReport = "awaiting_report";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string TimedOut = "timed_out";
    public const string Canceled = "canceled";

    public static readonly string[] All = [Submitted, Scheduling, Dispatching, AwaitingReport, Done, Failed, TimedOut, Canceled];
    public static readonly string[] Open = [Submitted, Scheduling, Dispatching, AwaitingReport];

    internal static readonly TransitionTable<string, WorkloadTrigger> Transitions = Table();

    public static bool IsTerminal(string phase) => phase is Done or Failed or TimedOut or Canceled;

    public static string WorkflowStatus(string phase) => phase switch
    {
        Done => "COMPLETED",
        Failed => "FAILED",
        TimedOut => "TIMED_OUT",
        Canceled => "CANCELED",
        _ => "RUNNING",
    };

    private static TransitionTable<string, WorkloadTrigger> Table()
    {
        var table = new TransitionTable<string, WorkloadTrigger>
        {
            { Submitted, WorkloadTrigger.Planned, Scheduling },
            { Scheduling, WorkloadTrigger.Started, Dispatching },
            { Dispatching, WorkloadTrigger.Offered, AwaitingReport },
            { AwaitingReport, WorkloadTrigger.AllDone, Done },
        };
        foreach (var phase in Open)
        {
            table.Add(phase, WorkloadTrigger.GaveUp, Failed);
            table.Add(phase, WorkloadTrigger.DeadlinePassed, TimedOut);
            table.Add(phase, WorkloadTrigger.CancelAsked, Canceled);
        }
        return table;
    }
}

internal enum WorkloadTrigger
{
    Planned,
    Started,
    Offered,
    AllDone,
    GaveUp,
    DeadlinePassed,
    CancelAsked,
}
