namespace Orrery.Orbits;

/// <summary>Rate and delay of an inter-satellite link.</summary>
public static class InterSatelliteLink
{
    /// <summary>km/s (BIPM, SI brochure).</summary>
    public const double SpeedOfLightKmPerSecond = 299_792.458;

    /// <summary>Quality, 0 … 1: falls linearly with range, and by a factor when an end is in umbra; 0 beyond the greatest range.</summary>
    public static double Quality(double rangeKm, bool anEndInUmbra, IslLimits limits)
    {
        if (rangeKm > limits.MaxRangeKm)
            return 0;
        var quality = 1 - (limits.QualityLossAtMaxRange * rangeKm / limits.MaxRangeKm);
        return anEndInUmbra ? quality * limits.UmbraFactor : quality;
    }

    /// <summary>Mbit/s; 0 beyond the greatest range.</summary>
    public static double RateMbps(double rangeKm, bool anEndInUmbra, IslLimits limits) =>
        limits.MaxRateMbps * Quality(rangeKm, anEndInUmbra, limits);

    /// <summary>Light time and processing, seconds.</summary>
    public static double DelaySeconds(double rangeKm, IslLimits limits) =>
        (rangeKm / SpeedOfLightKmPerSecond) + limits.ProcessingDelaySeconds;
}
