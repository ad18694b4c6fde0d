namespace Orrery.Orbits;

/// <summary>The WGS84 ellipsoid and the Earth's rotation (NIMA TR8350.2, 3rd ed.).</summary>
public static class Wgs84
{
    /// <summary>km.</summary>
    public const double EquatorialRadiusKm = 6378.137;

    public const double Flattening = 1 / 298.257223563;

    public const double EccentricitySquared = Flattening * (2 - Flattening);

    /// <summary>rad/s.</summary>
    public const double RotationRate = 7.292115146706979e-5;
}
