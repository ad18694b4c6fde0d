namespace Orrery.Orbits;

/// <summary>The link budget between a satellite and a ground station.</summary>
public sealed record GroundLinkBudget
{
    /// <summary>Effective isotropic radiated power, dBW.</summary>
    public double EirpDbw { get; init; } = 6;

    /// <summary>Figure of merit of the receiving station, dB/K.</summary>
    public double GainOverTemperatureDbPerK { get; init; } = 26;

    /// <summary>MHz.</summary>
    public double FrequencyMhz { get; init; } = 8_200;

    /// <summary>MHz.</summary>
    public double BandwidthMhz { get; init; } = 25;

    /// <summary>Atmosphere, polarisation and pointing, dB.</summary>
    public double LossesDb { get; init; } = 2;

    /// <summary>By how much the signal must be better than the rate's theoretical need, dB.</summary>
    public double MarginDb { get; init; } = 3;

    /// <summary>Part of Shannon's capacity that modulation and coding reach.</summary>
    public double Efficiency { get; init; } = 0.75;

    /// <summary>What the modem can do at most, Mbit/s.</summary>
    public double MaxRateMbps { get; init; } = 100;

    /// <summary>Delay added to the light time, seconds.</summary>
    public double ProcessingDelaySeconds { get; init; } = 0.002;

    public string Source { get; init; } = "";
}
