namespace Orrery.Orbits;

/// <summary>What a kind of satellite can give a workload: power, heat, memory and compute.</summary>
public sealed record BusClass
{
    public required string Name { get; init; }

    /// <summary>From the panels in full sun, W; falls linearly with the visible part of the Sun.</summary>
    public required double SolarW { get; init; }

    /// <summary>Everything but the compute payload, W, always.</summary>
    public required double IdleW { get; init; }

    /// <summary>The compute payload in sun, W, on top of <see cref="IdleW"/>.</summary>
    public required double ComputeW { get; init; }

    /// <summary>The compute payload in umbra, W, on top of <see cref="IdleW"/>.</summary>
    public required double ComputeUmbraW { get; init; }

    /// <summary>Wh.</summary>
    public required double BatteryWh { get; init; }

    /// <summary>Part of the battery that no workload may touch, 0 … 1.</summary>
    public required double BatteryReserveFraction { get; init; }

    /// <summary>J/K.</summary>
    public required double HeatCapacityJPerK { get; init; }

    /// <summary>Heat that leaves per kelvin over the environment, W/K.</summary>
    public required double RadiatorWPerK { get; init; }

    /// <summary>The payload may not be warmer, °C.</summary>
    public required double ThermalLimitC { get; init; }

    /// <summary>Temperature that an unpowered satellite settles at in sun, °C.</summary>
    public required double SunEnvironmentC { get; init; }

    /// <summary>Temperature that an unpowered satellite settles at in umbra, °C.</summary>
    public required double UmbraEnvironmentC { get; init; }

    /// <summary>MB (10^6 bytes).</summary>
    public required double MemoryMb { get; init; }

    /// <summary>MB (10^6 bytes).</summary>
    public required double StorageMb { get; init; }

    /// <summary>TFLOP/s in sun.</summary>
    public required double TflopsSun { get; init; }

    /// <summary>TFLOP/s in umbra.</summary>
    public required double TflopsUmbra { get; init; }

    /// <summary>What its sensor sees across the track, full width, km; 0: it has none.</summary>
    public double SwathKm { get; init; }

    /// <summary>Where the figures come from.</summary>
    public required string Source { get; init; }

    /// <summary>Energy that a workload may take from a full battery, Wh.</summary>
    public double UsableWh => BatteryWh * (1 - BatteryReserveFraction);
}
