namespace Orrery.Agent.Stages;

/// <summary>Something before which work is saved.</summary>
/// <param name="At">When it begins, mission time.</param>
/// <param name="Kind">One of <see cref="HazardKinds"/>.</param>
public readonly record struct Hazard(DateTimeOffset At, string Kind);

public static class HazardKinds
{
    public const string Eclipse = "eclipse";

    /// <summary>Radiation upsets memory there.</summary>
    public const string SouthAtlanticAnomaly = "south_atlantic_anomaly";
}
