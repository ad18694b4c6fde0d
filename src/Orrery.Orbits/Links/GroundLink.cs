namespace Orrery.Orbits;

/// <summary>Rate and delay between a satellite and a ground station by slant range.</summary>
public static class GroundLink
{
    /// <summary>−10·log₁₀ of Boltzmann's constant (1.380649e-23 J/K), dBW/K/Hz.</summary>
    private const double BoltzmannDb = 228.599_167_173_217_86;

    /// <summary>Signal over noise in the link's bandwidth, dB.</summary>
    /// <param name="rangeKm">Slant range, km, positive.</param>
    /// <param name="budget">The budget.</param>
    /// <remarks>Free-space loss: Recommendation ITU-R P.525.</remarks>
    public static double SnrDb(double rangeKm, GroundLinkBudget budget)
    {
        var wavelengths = rangeKm * budget.FrequencyMhz * 1e6 / InterSatelliteLink.SpeedOfLightKmPerSecond;
        var freeSpaceLossDb = 20 * Math.Log10(4 * Math.PI * wavelengths);
        var noiseBandwidthDb = 10 * Math.Log10(budget.BandwidthMhz * 1e6);
        return budget.EirpDbw + budget.GainOverTemperatureDbPerK + BoltzmannDb - budget.LossesDb - freeSpaceLossDb - noiseBandwidthDb;
    }

    /// <summary>Mbit/s: the efficient part of Shannon's capacity with the margin kept, up to the modem's rate.</summary>
    /// <inheritdoc cref="SnrDb"/>
    public static double RateMbps(double rangeKm, GroundLinkBudget budget)
    {
        var usable = Math.Pow(10, (SnrDb(rangeKm, budget) - budget.MarginDb) / 10);
        return Math.Min(budget.MaxRateMbps, budget.Efficiency * budget.BandwidthMhz * Math.Log2(1 + usable));
    }

    /// <summary>Light time and processing, seconds.</summary>
    public static double DelaySeconds(double rangeKm, GroundLinkBudget budget) =>
        (rangeKm / InterSatelliteLink.SpeedOfLightKmPerSecond) + budget.ProcessingDelaySeconds;
}
