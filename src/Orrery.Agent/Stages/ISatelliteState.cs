namespace Orrery.Agent.Stages;

/// <summary>What a stage has to know of, and tells to, the satellite that executes it.</summary>
public interface ISatelliteState
{
    /// <summary>The satellite's load changes at a mission time.</summary>
    void Enter(SatelliteActivity activity, DateTimeOffset mission);

    /// <summary>Mission times at which eclipses begin, after one time and before the other.</summary>
    IReadOnlyList<DateTimeOffset> EclipsesWithin(DateTimeOffset after, DateTimeOffset before);
}
