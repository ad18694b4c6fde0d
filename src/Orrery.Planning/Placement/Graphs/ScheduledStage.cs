using Orrery.Planning.Expansion;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Placement.Graphs;

/// <summary>A stage with its place and times.</summary>
/// <param name="Stage">Its work as it is divided now.</param>
/// <param name="Place">The satellite's index, or the ground.</param>
/// <param name="Arrival">When all its inputs are there, seconds since 1970.</param>
/// <param name="End">Seconds since 1970.</param>
internal sealed record ScheduledStage(StageSpec Stage, int Place, double Arrival, double End)
{
    /// <summary>When it computes, by the profile that was free; empty on the ground and of a finished stage.</summary>
    public IReadOnlyList<Cell> Computing { get; init; } = [];

    /// <summary>What comes to it: from a stage, or null from outside.</summary>
    public IReadOnlyList<(int? FromStage, TransferPath Path)> Incoming { get; init; } = [];

    public bool IsFinished { get; init; }
}

/// <summary>A whole schedule.</summary>
/// <param name="Stages">By index.</param>
/// <param name="Outputs">From stages in orbit that nobody reads down to the ground.</param>
/// <param name="End">When the last stage or transfer ends, seconds since 1970.</param>
internal sealed record GraphSchedule(IReadOnlyList<ScheduledStage> Stages, IReadOnlyList<(int FromStage, TransferPath Path)> Outputs, double End)
{
    /// <summary>No schedule of these candidates ends earlier, seconds since 1970.</summary>
    public double Bound { get; init; }
}
