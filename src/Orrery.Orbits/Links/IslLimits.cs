namespace Orrery.Orbits;

/// <summary>What an inter-satellite link can do.</summary>
public sealed record IslLimits
{
    /// <summary>km.</summary>
    public double MaxRangeKm { get; init; } = 5_000;

    /// <summary>The line of sight clears a sphere of the equatorial radius plus this, km.</summary>
    public double ClearanceKm { get; init; } = 100;

    /// <summary>Rate of a link of perfect quality, Mbit/s.</summary>
    public double MaxRateMbps { get; init; } = 100;

    /// <summary>Part of the quality that is lost at the greatest range.</summary>
    public double QualityLossAtMaxRange { get; init; } = 0.6;

    /// <summary>Factor on the quality when an end is in umbra.</summary>
    public double UmbraFactor { get; init; } = 0.9;

    /// <summary>Delay added to the light time, seconds.</summary>
    public double ProcessingDelaySeconds { get; init; } = 0.002;

    public string Source { get; init; } = "";
}
