namespace Orrery.Orbits;

/// <summary>Which satellites link to each other at one time.</summary>
public sealed record TopologyRules
{
    /// <summary>Greatest distance of two linked satellites, km.</summary>
    public double MaxRangeKm { get; init; } = 5_000;

    /// <summary>The line of sight clears a sphere of the equatorial radius plus this, km: the height of the atmosphere.</summary>
    public double ClearanceKm { get; init; } = 100;

    /// <summary>Links that a satellite has at most. Chosen: two along the plane and two across.</summary>
    public int LinksPerSatellite { get; init; } = 4;

    /// <summary>Delay added to the light time of each link, seconds.</summary>
    public double ProcessingDelaySeconds { get; init; } = 0.002;

    /// <summary>The rules of a fleet's links.</summary>
    public static TopologyRules Of(IslLimits limits) => new()
    {
        MaxRangeKm = limits.MaxRangeKm,
        ClearanceKm = limits.ClearanceKm,
        ProcessingDelaySeconds = limits.ProcessingDelaySeconds,
    };
}
