namespace Orrery.Orbits;

internal static class RadioRules
{
    public static IEnumerable<string> Problems(RadioLinks? radio) => radio is null
        ? []
        : [.. Problems("downlink", radio.Downlink), .. Problems("uplink", radio.Uplink), .. Problems("inter_satellite", radio.InterSatellite)];

    private static IEnumerable<string> Problems(string link, RadioLinkBudget? budget)
    {
        if (budget is null)
        {
            yield return $"radio_links.{link} is null; leave it out for the bundled figures.";
            yield break;
        }

        var positive = new (string Member, double Value)[]
        {
            ("transmit_power_w", budget.TransmitPowerW), ("system_noise_temperature_k", budget.SystemNoiseTemperatureK),
            ("frequency_mhz", budget.FrequencyMhz), ("bandwidth_mhz", budget.BandwidthMhz), ("max_rate_mbps", budget.MaxRateMbps),
        };
        var notNegative = new (string Member, double Value)[]
        {
            ("zenith_attenuation_db", budget.ZenithAttenuationDb), ("other_losses_db", budget.OtherLossesDb),
            ("margin_db", budget.MarginDb), ("processing_delay_seconds", budget.ProcessingDelaySeconds),
        };
        foreach (var (member, value) in positive.Where(p => !(p.Value > 0 && double.IsFinite(p.Value))))
            yield return $"radio_links.{link}.{member} is {value}, must be positive.";
        foreach (var (member, value) in notNegative.Where(p => !(p.Value >= 0 && double.IsFinite(p.Value))))
            yield return $"radio_links.{link}.{member} is {value}, must not be negative.";
        if (!(budget.Efficiency is >= 0 and <= 1))
            yield return $"radio_links.{link}.efficiency is {budget.Efficiency}, must be from 0 to 1.";
        if (!double.IsFinite(budget.TransmitAntennaGainDbi) || !double.IsFinite(budget.ReceiveAntennaGainDbi))
            yield return $"radio_links.{link}: an antenna's gain is not a number.";
    }
}
