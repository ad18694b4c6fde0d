namespace Orrery.Orbits;

internal static class LinkRules
{
    public static IEnumerable<string> Problems(FleetConfiguration configuration)
    {
        var isl = configuration.InterSatelliteLink;
        var ground = configuration.GroundLink;
        var positive = new (string Member, double Value)[]
        {
            ("inter_satellite_link.max_range_km", isl.MaxRangeKm), ("inter_satellite_link.max_rate_mbps", isl.MaxRateMbps),
            ("ground_link.frequency_mhz", ground.FrequencyMhz), ("ground_link.bandwidth_mhz", ground.BandwidthMhz),
            ("ground_link.max_rate_mbps", ground.MaxRateMbps),
        };
        var notNegative = new (string Member, double Value)[]
        {
            ("inter_satellite_link.clearance_km", isl.ClearanceKm),
            ("inter_satellite_link.processing_delay_seconds", isl.ProcessingDelaySeconds),
            ("ground_link.losses_db", ground.LossesDb), ("ground_link.margin_db", ground.MarginDb),
            ("ground_link.processing_delay_seconds", ground.ProcessingDelaySeconds),
        };
        var fractions = new (string Member, double Value)[]
        {
            ("inter_satellite_link.quality_loss_at_max_range", isl.QualityLossAtMaxRange),
            ("inter_satellite_link.umbra_factor", isl.UmbraFactor), ("ground_link.efficiency", ground.Efficiency),
        };
        foreach (var (member, value) in positive.Where(p => !(p.Value > 0 && double.IsFinite(p.Value))))
            yield return $"{member} is {value}, must be positive.";
        foreach (var (member, value) in notNegative.Where(p => !(p.Value >= 0 && double.IsFinite(p.Value))))
            yield return $"{member} is {value}, must not be negative.";
        foreach (var (member, value) in fractions.Where(p => !(p.Value is >= 0 and <= 1)))
            yield return $"{member} is {value}, must be from 0 to 1.";
        if (string.IsNullOrWhiteSpace(isl.Source))
            yield return "inter_satellite_link.source is empty.";
        if (string.IsNullOrWhiteSpace(ground.Source))
            yield return "ground_link.source is empty.";
    }
}
