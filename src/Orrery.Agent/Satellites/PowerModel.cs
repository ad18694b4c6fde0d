using Orrery.Agent.Stages;
using Orrery.Orbits;

namespace Orrery.Agent.Satellites;

/// <summary>Charge and temperature of a bus over time.</summary>
/// <remarks>
/// Charge: the integral of solar power, in proportion to the visible part of the Sun, less the load, between empty and full.
/// Temperature: one node, C·dT/dt = P − k·(T − environment), solved exactly over each step.
/// </remarks>
internal sealed class PowerModel(BusClass bus)
{
    private const double SecondsPerHour = 3600;

    /// <summary>Wh; a satellite begins fully charged.</summary>
    public double ChargeWh { get; private set; } = bus.BatteryWh;

    /// <summary>°C; a satellite begins in balance with sunlight.</summary>
    public double TemperatureC { get; private set; } = bus.SunEnvironmentC;

    /// <param name="activity">The load.</param>
    /// <param name="sunlight">Visible part of the Sun's disc, 0 to 1.</param>
    /// <param name="seconds">How long both last.</param>
    public void Advance(SatelliteActivity activity, double sunlight, double seconds)
    {
        var compute = sunlight > 0 ? bus.ComputeW : bus.ComputeUmbraW;
        var load = bus.IdleW + (activity == SatelliteActivity.Executing ? compute : 0);
        ChargeWh = Math.Clamp(ChargeWh + (((bus.SolarW * sunlight) - load) * seconds / SecondsPerHour), 0, bus.BatteryWh);
        var environment = bus.UmbraEnvironmentC + ((bus.SunEnvironmentC - bus.UmbraEnvironmentC) * sunlight);
        var balance = environment + (load / bus.RadiatorWPerK);
        TemperatureC = balance + ((TemperatureC - balance) * Math.Exp(-seconds * bus.RadiatorWPerK / bus.HeatCapacityJPerK));
    }
}
