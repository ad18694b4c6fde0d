using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>What the loop knows of one unfinished workload: its row, what admission weighs, what the backend told.</summary>
internal sealed class WorkloadEntry(ClusterWorkloadRow row)
{
    public ClusterWorkloadRow Row { get; set; } = row;

    /// <summary>What the queue was told of it; null: nothing (a template, or it has ended).</summary>
    public Job? Job { get; set; }

    /// <summary>Nodes of the live run, by rank.</summary>
    public IReadOnlyList<string> Nodes { get; set; } = [];

    /// <summary>The newest word of the backend.</summary>
    public RunStatus? Status { get; set; }

    /// <summary>Pods as they were written last, by (run, rank).</summary>
    public Dictionary<(int Run, int Rank), ClusterPodRow> Pods { get; } = [];

    /// <summary>The run that the backend has taken over; 0: none.</summary>
    public int AppliedRun { get; set; }

    /// <summary>Why the backend could not be told; null: all is well.</summary>
    public string? Problem { get; set; }

    public DependencyState Dependencies { get; set; } = DependencyState.None;

    /// <summary>Whether its time to be kept after its end is over.</summary>
    public bool IsRemovalDue(DateTimeOffset now) =>
        Row.IsEnded && Row.Held == Holding.Kept && Row.EndedAt!.Value.AddSeconds(JobFactory.Spec(Row).TtlS) <= now;
}
