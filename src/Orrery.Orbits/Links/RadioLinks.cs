namespace Orrery.Orbits;

/// <summary>The radio links of a fleet. Where each of the bundled figures comes from stands in docs/links.md.</summary>
public sealed record RadioLinks
{
    /// <summary>X band to a 3.7 m dish.</summary>
    public RadioLinkBudget Downlink { get; init; } = new()
    {
        TransmitPowerW = 1,
        TransmitAntennaGainDbi = 6,
        ReceiveAntennaGainDbi = 47.8,
        SystemNoiseTemperatureK = 150,
        FrequencyMhz = 8_200,
        BandwidthMhz = 25,
        ZenithAttenuationDb = 0.05,
        OtherLossesDb = 1,
        MarginDb = 3,
        Efficiency = 0.75,
        MaxRateMbps = 100,
        ProcessingDelaySeconds = 0.002,
    };

    /// <summary>S band from a 3.7 m dish.</summary>
    public RadioLinkBudget Uplink { get; init; } = new()
    {
        TransmitPowerW = 50,
        TransmitAntennaGainDbi = 35.9,
        ReceiveAntennaGainDbi = 3,
        SystemNoiseTemperatureK = 500,
        FrequencyMhz = 2_067,
        BandwidthMhz = 5,
        ZenithAttenuationDb = 0.04,
        OtherLossesDb = 1,
        MarginDb = 3,
        Efficiency = 0.75,
        MaxRateMbps = 20,
        ProcessingDelaySeconds = 0.002,
    };

    /// <summary>Ka band between two dishes of 0.3 m.</summary>
    public RadioLinkBudget InterSatellite { get; init; } = new()
    {
        TransmitPowerW = 10,
        TransmitAntennaGainDbi = 36,
        ReceiveAntennaGainDbi = 36,
        SystemNoiseTemperatureK = 500,
        FrequencyMhz = 26_000,
        BandwidthMhz = 50,
        ZenithAttenuationDb = 0,
        OtherLossesDb = 2,
        MarginDb = 3,
        Efficiency = 0.75,
        MaxRateMbps = 100,
        ProcessingDelaySeconds = 0.002,
    };
}
