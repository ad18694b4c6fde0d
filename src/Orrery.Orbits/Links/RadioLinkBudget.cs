namespace Orrery.Orbits;

/// <summary>A radio link from its parts: power, antennas, noise, losses, modem.</summary>
public sealed record RadioLinkBudget
{
    /// <summary>Into the antenna, W.</summary>
    public required double TransmitPowerW { get; init; }

    public required double TransmitAntennaGainDbi { get; init; }

    public required double ReceiveAntennaGainDbi { get; init; }

    /// <summary>Antenna and receiver together, K.</summary>
    public required double SystemNoiseTemperatureK { get; init; }

    public double FrequencyMhz { get; init; } = 8_200;

    public required double BandwidthMhz { get; init; }

    /// <summary>Of the clear air straight up, dB; 0 between satellites.</summary>
    public required double ZenithAttenuationDb { get; init; }

    /// <summary>Pointing, polarisation and feed, dB.</summary>
    public required double OtherLossesDb { get; init; }

    /// <summary>By how much the signal must be better than the rate's theoretical need, dB.</summary>
    public required double MarginDb { get; init; }

    /// <summary>Part of Shannon's capacity that modulation and coding reach, 0 … 1.</summary>
    public required double Efficiency { get; init; }

    /// <summary>What the modem can do at most, Mbit/s.</summary>
    public required double MaxRateMbps { get; init; }

    /// <summary>Delay added to the light time, seconds.</summary>
    public required double ProcessingDelaySeconds { get; init; }
}
