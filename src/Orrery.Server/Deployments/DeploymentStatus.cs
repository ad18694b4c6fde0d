using Orrery.Server.Hosting;

namespace Orrery.Server.Deployments;

/// <summary>pending → dispatched → running → completed; or failed, cancelled.</summary>
internal static class DeploymentStatus
{
    public const string Pending = "pending";
    public const string Dispatched = "dispatched";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <summary>What an agent's event does.</summary>
    internal static readonly TransitionTable<string, string> ByEvent = new()
    {
        { Dispatched, EventTypes.JobAccepted, Running },
        { Dispatched, EventTypes.JobCompleted, Completed }, // agents may lose job.accepted
        { Dispatched, EventTypes.JobFailed, Failed },
        { Dispatched, EventTypes.Failover, Failed },
        { Running, EventTypes.JobCompleted, Completed },
        { Running, EventTypes.JobFailed, Failed },
        { Running, EventTypes.Failover, Failed },
    };

    /// <summary>What the control plane does.</summary>
    internal static readonly TransitionTable<string, ControlAction> ByControl = new()
    {
        { Pending, ControlAction.Dispatch, Dispatched },
        { Pending, ControlAction.Fail, Failed },
        { Dispatched, ControlAction.Fail, Failed },
        { Running, ControlAction.Fail, Failed },
        { Dispatched, ControlAction.Start, Running }, // ground stages: their backend tells, there is no agent
        { Dispatched, ControlAction.Complete, Completed },
        { Running, ControlAction.Complete, Completed },
        { Pending, ControlAction.Cancel, Cancelled },
        { Dispatched, ControlAction.Cancel, Cancelled },
        { Running, ControlAction.Cancel, Cancelled },
    };

    public static bool IsTerminal(string status) => status is Completed or Failed or Cancelled;
}

internal enum ControlAction
{
    Dispatch,
    Start,
    Complete,
    Fail,
    Cancel,
}
