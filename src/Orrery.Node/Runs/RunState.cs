using Orrery.Contracts.Runs;
using Orrery.Node.Pods;

namespace Orrery.Node.Runs;

/// <summary>All that must outlive the node process about one workload.</summary>
internal sealed class RunState
{
    /// <summary>The newest that was asked for.</summary>
    public required RunSpec Spec { get; set; }

    /// <summary>What older pods were made from, by run.</summary>
    public Dictionary<int, RunSpec> Older { get; set; } = [];

    public List<PodState> Pods { get; set; } = [];

    /// <summary>Every pod that was asked for at first has been running.</summary>
    public bool HasStarted { get; set; }

    /// <summary>A service is on its way to a newer run.</summary>
    public bool IsRolling { get; set; }

    /// <summary>The workload is to go.</summary>
    public bool IsRemoving { get; set; }

    /// <summary>Its logs go with it.</summary>
    public bool DiscardsLogs { get; set; }

    /// <summary>Of a job: which rank failed and how; null while none has.</summary>
    public string? Failure { get; set; }

    /// <summary>Where the service listens; null before it has one.</summary>
    public string? ServiceIp { get; set; }

    /// <summary>The loopback address of the service.</summary>
    public string? ServiceLoopback { get; set; }

    /// <summary>MASTER_PORT of the run.</summary>
    public int MasterPort { get; set; }

    /// <summary>Warnings that were seen, by pod or service.</summary>
    public SortedSet<string> Warnings { get; set; } = [];

    public RunSpec SpecOf(PodState pod) => Older.GetValueOrDefault(pod.Run, Spec);
}
