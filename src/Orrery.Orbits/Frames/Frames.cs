namespace Orrery.Orbits;

/// <summary>From the inertial frame of SGP4 (TEME) to the rotating Earth and to places on it. UT1 = UTC, no polar motion.</summary>
/// <remarks>Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., chapter 3; AIAA 2006-6753, appendix C.</remarks>
public static class Frames
{
    private const int GeodeticIterations = 12;
    private const double GeodeticTolerance = 1e-13;

    /// <summary>Greenwich mean sidereal time (IAU 1982), radians, 0 … 2π.</summary>
    public static double Gmst(DateTimeOffset time) => Gmst(JulianDate.From(time));

    /// <inheritdoc cref="Gmst(DateTimeOffset)"/>
    public static double Gmst(JulianDate time)
    {
        var t = time.CenturiesSinceJ2000;
        var seconds = 67_310.54841 + (t * ((876_600.0 * 3600.0) + 8_640_184.812866 + (t * (0.093104 - (t * 6.2e-6)))));
        var angle = Math.Tau * (seconds / 86_400.0) % Math.Tau;
        return angle < 0 ? angle + Math.Tau : angle;
    }

    /// <summary>Position in the Earth-fixed frame (PEF), km.</summary>
    /// <param name="positionTeme">km, TEME.</param>
    /// <param name="gmst">Radians.</param>
    public static Vector3d ToEarthFixed(in Vector3d positionTeme, double gmst)
    {
        var (sin, cos) = Math.SinCos(gmst);
        return new((cos * positionTeme.X) + (sin * positionTeme.Y), (cos * positionTeme.Y) - (sin * positionTeme.X), positionTeme.Z);
    }

    /// <summary>Position (km) and velocity (km/s) in the Earth-fixed frame (PEF).</summary>
    /// <param name="positionTeme">km, TEME.</param>
    /// <param name="velocityTeme">km/s, TEME.</param>
    /// <param name="gmst">Radians.</param>
    public static (Vector3d Position, Vector3d Velocity) ToEarthFixed(in Vector3d positionTeme, in Vector3d velocityTeme, double gmst)
    {
        var position = ToEarthFixed(positionTeme, gmst);
        var velocity = ToEarthFixed(velocityTeme, gmst);
        var rotation = new Vector3d(-Wgs84.RotationRate * position.Y, Wgs84.RotationRate * position.X, 0);
        return (position, velocity - rotation);
    }

    /// <summary>Earth-fixed position, km, of a place.</summary>
    public static Vector3d ToEarthFixed(Geodetic place)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(place.LatitudeRad);
        var (sinLongitude, cosLongitude) = Math.SinCos(place.LongitudeRad);
        var curvature = Wgs84.EquatorialRadiusKm / Math.Sqrt(1 - (Wgs84.EccentricitySquared * sinLatitude * sinLatitude));
        var equatorial = (curvature + place.HeightKm) * cosLatitude;
        var polar = ((curvature * (1 - Wgs84.EccentricitySquared)) + place.HeightKm) * sinLatitude;
        return new(equatorial * cosLongitude, equatorial * sinLongitude, polar);
    }

    /// <summary>The place under or at an Earth-fixed position (km).</summary>
    /// <remarks>Vallado, algorithm 12: iterates on the latitude, 1e-13 rad.</remarks>
    public static Geodetic ToGeodetic(in Vector3d earthFixed)
    {
        var equatorial = Math.Sqrt((earthFixed.X * earthFixed.X) + (earthFixed.Y * earthFixed.Y));
        var latitude = Math.Atan2(earthFixed.Z, equatorial);
        var offset = 0.0;
        for (var i = 0; i < GeodeticIterations; i++)
        {
            var sin = Math.Sin(latitude);
            var curvature = Wgs84.EquatorialRadiusKm / Math.Sqrt(1 - (Wgs84.EccentricitySquared * sin * sin));
            offset = curvature * Wgs84.EccentricitySquared * sin;
            var next = Math.Atan2(earthFixed.Z + offset, equatorial);
            var change = Math.Abs(next - latitude);
            latitude = next;
            if (change < GeodeticTolerance)
                break;
        }

        return new(latitude, Math.Atan2(earthFixed.Y, earthFixed.X), Height(earthFixed, equatorial, latitude));
    }

    /// <summary>Height along the normal: the projection of the position on it, less the ellipsoid's own support distance.</summary>
    private static double Height(in Vector3d earthFixed, double equatorial, double latitude)
    {
        var (sin, cos) = Math.SinCos(latitude);
        var support = Wgs84.EquatorialRadiusKm * Math.Sqrt(1 - (Wgs84.EccentricitySquared * sin * sin));
        return (equatorial * cos) + (earthFixed.Z * sin) - support;
    }
}
