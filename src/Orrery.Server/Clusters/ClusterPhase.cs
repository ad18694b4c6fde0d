using Orrery.Contracts.Runs;
using Orrery.Server.Hosting;
using static Orrery.Server.Clusters.ClusterTrigger;

namespace Orrery.Server.Clusters;

/// <summary>The phases of a cluster workload, and every move between them.</summary>
internal static class ClusterPhase
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Updating = "Updating";
    public const string NotReady = "NotReady";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
    public const string Stopped = "Stopped";

    public static readonly IReadOnlyList<string> All = [Pending, Running, Updating, NotReady, Succeeded, Failed, Stopped];

    internal static readonly TransitionTable<string, ClusterTrigger> Transitions = Build();

    public static bool IsEnded(string phase) => phase is Succeeded or Failed or Stopped;

    /// <summary>Phases whose time counts against the timeout.</summary>
    public static bool Counts(string phase) => phase is Running or Updating;

    /// <summary>What a live run's phase at its backend means.</summary>
    public static ClusterTrigger? Of(string runPhase) => runPhase switch
    {
        RunPhases.Running => RunReady,
        RunPhases.Updating => RunUpdating,
        RunPhases.NotReady => RunNotReady,
        RunPhases.Succeeded => RunSucceeded,
        RunPhases.Failed => RunFailed,
        RunPhases.Removed => RunFailed, // nobody of ours asked for it
        _ => null,
    };

    private static TransitionTable<string, ClusterTrigger> Build()
    {
        var table = new TransitionTable<string, ClusterTrigger>
        {
            { Pending, RunReady, Running },
            { Pending, RunNotReady, NotReady }, // a service whose every replica started and none is ready
            { Pending, RunUpdating, Updating },
            { Pending, DependencyFailed, Failed },
            { Running, RunNotReady, NotReady },
            { Running, RunUpdating, Updating },
            { Updating, RunReady, Running },
            { Updating, RunNotReady, NotReady },
            { NotReady, RunReady, Running },
            { NotReady, RunUpdating, Updating },
        };
        foreach (var live in (string[])[Pending, Running, Updating, NotReady])
        {
            table.Add(live, RunSucceeded, Succeeded); // Pending too: short runs are over before they are seen running
            table.Add(live, RunFailed, Failed);
            table.Add(live, RunRetried, Pending);
            table.Add(live, Preempted, Pending);
            table.Add(live, StopRequested, Stopped);
            table.Add(live, TimedOut, Stopped);
        }
        return table;
    }
}

internal enum ClusterTrigger
{
    RunReady,
    RunUpdating,
    RunNotReady,
    RunSucceeded,
    RunFailed,
    RunRetried,
    Preempted,
    StopRequested,
    TimedOut,
    DependencyFailed,
}
