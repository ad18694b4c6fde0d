namespace Orrery.Agent.Stages;

/// <summary>What a stage has to know of, and tells to, the satellite that executes it.</summary>
public interface ISatelliteState
{
    /// <summary>The satellite's load changes at a mission time.</summary>
    void Enter(SatelliteActivity activity, DateTimeOffset mission);

    /// <summary>Hazards that begin after one mission time and before the other, in order.</summary>
    IReadOnlyList<Hazard> HazardsWithin(DateTimeOffset after, DateTimeOffset before);
}
