namespace Orrery.Orbits;

/// <summary>Which way data goes between a satellite and a station.</summary>
public enum GroundDirection
{
    Down,
    Up,
}

/// <summary>
/// Rates and delays of a fleet's links: from their parts where the configuration states <c>radio_links</c>, else by
/// <c>ground_link</c> and <c>inter_satellite_link</c>. Who sees whom follows <c>inter_satellite_link</c> and the masks in both cases.
/// </summary>
public sealed class FleetLinks(FleetConfiguration configuration)
{
    private readonly IslLimits limits = configuration.InterSatelliteLink;
    private readonly GroundLinkBudget ground = configuration.GroundLink;
    private readonly RadioLinks? radio = configuration.RadioLinks is { } stated
        ? stated with { InterSatellite = stated.InterSatellite with { ZenithAttenuationDb = 0 } }
        : null;

    /// <summary>Whether a link to the ground carries the same both ways.</summary>
    public bool IsSymmetric => radio is null;

    /// <summary>Whether a rate to the ground follows the elevation, not the range alone.</summary>
    public bool IsByElevation => radio is not null;

    /// <summary>Mbit/s that no link exceeds.</summary>
    public double FastestMbps => Math.Max(Math.Max(MostMbps(GroundDirection.Down), MostMbps(GroundDirection.Up)), MostInterSatelliteMbps);

    /// <summary>Mbit/s that no link between satellites exceeds.</summary>
    public double MostInterSatelliteMbps => radio?.InterSatellite.MaxRateMbps ?? limits.MaxRateMbps;

    /// <summary>What the rate between satellites is multiplied by while an end is in umbra; a link from its parts knows no shadow.</summary>
    public double UmbraFactor => radio is null ? limits.UmbraFactor : 1;

    /// <summary>What rate and delay to the ground follow from: two links of equal rules are alike.</summary>
    public object Rules(GroundDirection direction) => radio is null ? ground : Radio(direction);

    /// <summary>What sight, rate and delay between satellites follow from.</summary>
    public object InterSatelliteRules => radio is null ? limits : (limits, radio.InterSatellite);

    /// <summary>Mbit/s that no link to the ground exceeds.</summary>
    public double MostMbps(GroundDirection direction) => radio is null ? ground.MaxRateMbps : Radio(direction).MaxRateMbps;

    /// <summary>Mbit/s between a satellite and a station.</summary>
    /// <param name="direction">Which way.</param>
    /// <param name="rangeKm">Slant range, km, positive.</param>
    /// <param name="elevationRad">Of the satellite over the station.</param>
    public double RateMbps(GroundDirection direction, double rangeKm, double elevationRad) => radio is null
        ? GroundLink.RateMbps(rangeKm, ground)
        : RadioLink.RateMbps(rangeKm, elevationRad, Radio(direction));

    /// <summary>Light time and processing between a satellite and a station, seconds.</summary>
    public double DelaySeconds(GroundDirection direction, double rangeKm) => radio is null
        ? GroundLink.DelaySeconds(rangeKm, ground)
        : RadioLink.DelaySeconds(rangeKm, Radio(direction));

    /// <summary>Mbit/s between two satellites in sunlight; 0 beyond the greatest range.</summary>
    public double InterSatelliteMbps(double rangeKm) => radio is null
        ? InterSatelliteLink.RateMbps(rangeKm, false, limits)
        : rangeKm > limits.MaxRangeKm ? 0 : RadioLink.RateMbps(rangeKm, Math.PI / 2, radio.InterSatellite);

    /// <summary>Light time and processing between two satellites, seconds.</summary>
    public double InterSatelliteDelaySeconds(double rangeKm) => radio is null
        ? InterSatelliteLink.DelaySeconds(rangeKm, limits)
        : RadioLink.DelaySeconds(rangeKm, radio.InterSatellite);

    private RadioLinkBudget Radio(GroundDirection direction) => direction == GroundDirection.Down ? radio!.Downlink : radio!.Uplink;
}
