using Orrery.Agent.Stages;
using Orrery.Orbits;

namespace Orrery.Agent.Satellites;

/// <summary>What a satellite would measure of itself.</summary>
/// <param name="Activity">What loads it.</param>
/// <param name="BatteryPercent">Charge, 0 to 100.</param>
/// <param name="TemperatureC">Of the computer, °C.</param>
/// <param name="Position">Over the WGS84 ellipsoid; null where its elements cannot be propagated.</param>
/// <param name="InEclipse">In the umbra.</param>
public sealed record SatelliteReading(
    SatelliteActivity Activity, double BatteryPercent, double TemperatureC, Geodetic? Position, bool InEclipse);
