namespace Orrery.Scheduling;

/// <summary>What makes jobs of a workspace interchangeable for a pass: when one cannot start, none of them can.</summary>
internal readonly record struct LaneKey(Shape Shape, TimeSpan? Remaining);

/// <summary>Queued jobs of one workspace with one shape and one remaining time, in order.</summary>
internal sealed class Lane(WorkspaceState workspace, LaneKey key)
{
    public WorkspaceState Workspace { get; } = workspace;

    public LaneKey Key { get; } = key;

    public Shape Shape => Key.Shape;

    public JobQueue Jobs { get; } = new();

    /// <summary>Position in <see cref="WorkspaceState.Lanes"/>.</summary>
    public int Index { get; set; }

    /// <summary>It waits for its turn in the running pass.</summary>
    public bool Pushed { get; set; }

    /// <summary>Expected start of its first job; valid for one <see cref="ClusterState.Version"/>.</summary>
    public DateTimeOffset? Forecast { get; set; }

    public long ForecastVersion { get; set; } = -1;

    /// <summary>It was refused for the sake of lenders in need, and may be tried again in the running pass.</summary>
    public bool Lent { get; set; }
}
