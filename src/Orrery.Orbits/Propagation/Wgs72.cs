namespace Orrery.Orbits;

/// <summary>The gravity model of SGP4, WGS72, in Earth radii and minutes (AIAA 2006-6753, section IV).</summary>
internal static class Wgs72
{
    public const double EarthRadiusKm = 6378.135;
    public const double GravitationalParameter = 398_600.8;
    public const double J2 = 0.001082616;
    public const double J3 = -0.00000253881;
    public const double J4 = -0.00000165597;
    public const double J3OverJ2 = J3 / J2;

    /// <summary>Square root of the gravitational parameter, Earth radii^1.5 per minute.</summary>
    public static readonly double RootMu = 60.0 / Math.Sqrt(EarthRadiusKm * EarthRadiusKm * EarthRadiusKm / GravitationalParameter);

    /// <summary>km/s in one Earth radius per canonical time unit.</summary>
    public static readonly double VelocityUnitKmPerSecond = EarthRadiusKm * RootMu / 60.0;

    /// <summary>Semi-major axis in Earth radii for a mean motion in radians per minute.</summary>
    public static double SemiMajorAxis(double meanMotion) => Math.Pow(RootMu / meanMotion, 2.0 / 3.0);
}
