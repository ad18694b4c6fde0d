namespace Orrery.Orbits;

/// <summary>Where a satellite stands in a site's sky.</summary>
/// <param name="AzimuthRad">From north through east, 0 … 2π.</param>
/// <param name="ElevationRad">Above the local horizontal plane, −π/2 … π/2; no refraction.</param>
/// <param name="RangeKm">Slant range.</param>
public readonly record struct LookAngles(double AzimuthRad, double ElevationRad, double RangeKm)
{
    public double AzimuthDeg => double.RadiansToDegrees(AzimuthRad);

    public double ElevationDeg => double.RadiansToDegrees(ElevationRad);
}
