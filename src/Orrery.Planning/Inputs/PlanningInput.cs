namespace Orrery.Planning;

/// <summary>A stage that stays as it is: it has ended, or is under way and will end as it was planned.</summary>
/// <param name="Index">The stage's index in the earlier plan.</param>
/// <param name="SatelliteId">NORAD number of the satellite that holds its result; null on the ground.</param>
/// <param name="End">When it ended or will, on the plan's clock.</param>
public sealed record FinishedStage(int Index, string? SatelliteId, DateTimeOffset End);

/// <summary>Everything that a plan depends on.</summary>
public sealed record PlanningInput
{
    public required WorkSpec Spec { get; init; }

    public required FleetSnapshot Fleet { get; init; }

    /// <summary>What others have taken.</summary>
    public IReadOnlyList<Booking> Bookings { get; init; } = [];

    /// <summary>In a re-plan: the stages of <see cref="Previous"/> that have ended.</summary>
    public IReadOnlyList<FinishedStage> Finished { get; init; } = [];

    /// <summary>The plan that this one replaces; its partition is kept.</summary>
    public Plan? Previous { get; init; }

    /// <summary>In a re-plan: nothing new starts before this time. Absent: <see cref="WorkSpec.StartAt"/>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>NORAD numbers that run no further stage. What they already hold can still be sent.</summary>
    public IReadOnlySet<int> AvoidSatellites { get; init; } = new HashSet<int>();

    /// <summary>NORAD numbers that must not run the stage of this index.</summary>
    public IReadOnlyDictionary<int, IReadOnlySet<int>> AvoidByStage { get; init; } = new Dictionary<int, IReadOnlySet<int>>();
}
