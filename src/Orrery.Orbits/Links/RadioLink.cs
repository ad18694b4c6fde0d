namespace Orrery.Orbits;

/// <summary>Signal over noise and rate of a radio link by range and elevation.</summary>
public static class RadioLink
{
    /// <summary>J/K (BIPM, SI brochure, 9th ed.).</summary>
    public const double BoltzmannJPerK = 1.380649e-23;

    /// <summary>The flat layer of air of <see cref="AirMass"/> is not looked through lower than this, radians.</summary>
    private const double LeastElevationRad = 5 * Math.PI / 180;

    /// <summary>Loss in free space, dB.</summary>
    /// <param name="rangeKm">km, positive.</param>
    /// <param name="frequencyMhz">MHz.</param>
    /// <remarks>20·log₁₀(4πd/λ): Recommendation ITU-R P.525.</remarks>
    public static double FreeSpaceLossDb(double rangeKm, double frequencyMhz) =>
        20 * Math.Log10(4 * Math.PI * rangeKm * frequencyMhz * 1e6 / InterSatelliteLink.SpeedOfLightKmPerSecond);

    /// <summary>Air on the way, in units of that straight up: 1/sin of the elevation, of 5° where it is lower.</summary>
    /// <remarks>The cosecant law of Recommendation ITU-R P.676, annex 2, for elevations from 5°; below it is held: chosen.</remarks>
    public static double AirMass(double elevationRad) => 1 / Math.Sin(Math.Max(elevationRad, LeastElevationRad));

    /// <summary>Signal over noise in the link's bandwidth, dB: P·G·G/(L·k·T·B).</summary>
    /// <param name="rangeKm">km, positive.</param>
    /// <param name="elevationRad">Of the satellite over the station; π/2 where there is no air.</param>
    /// <param name="budget">The budget.</param>
    public static double SnrDb(double rangeKm, double elevationRad, RadioLinkBudget budget)
    {
        var noiseDbw = 10 * Math.Log10(BoltzmannJPerK * budget.SystemNoiseTemperatureK * budget.BandwidthMhz * 1e6);
        return (10 * Math.Log10(budget.TransmitPowerW)) + budget.TransmitAntennaGainDbi + budget.ReceiveAntennaGainDbi
            - FreeSpaceLossDb(rangeKm, budget.FrequencyMhz) - (budget.ZenithAttenuationDb * AirMass(elevationRad)) - budget.OtherLossesDb - noiseDbw;
    }

    /// <summary>Mbit/s: the efficient part of Shannon's capacity with the margin kept, up to the modem's rate.</summary>
    /// <inheritdoc cref="SnrDb"/>
    /// <remarks>C. E. Shannon, Communication in the presence of noise, 1949: C = B·log₂(1 + S/N).</remarks>
    public static double RateMbps(double rangeKm, double elevationRad, RadioLinkBudget budget)
    {
        var usable = Math.Pow(10, (SnrDb(rangeKm, elevationRad, budget) - budget.MarginDb) / 10);
        return Math.Min(budget.MaxRateMbps, budget.Efficiency * budget.BandwidthMhz * Math.Log2(1 + usable));
    }

    /// <summary>Light time and processing, seconds.</summary>
    public static double DelaySeconds(double rangeKm, RadioLinkBudget budget) =>
        (rangeKm / InterSatelliteLink.SpeedOfLightKmPerSecond) + budget.ProcessingDelaySeconds;
}
