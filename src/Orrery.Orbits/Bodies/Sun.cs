namespace Orrery.Orbits;

/// <summary>Low-precision Sun, about 0.01° from 1950 to 2050.</summary>
/// <remarks>
/// Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., algorithm 29. Its mean equator of date stands for TEME's: nutation, 0.005°,
/// is within the precision.
/// </remarks>
public static class Sun
{
    public const double RadiusKm = 695_700.0;
    public const double AstronomicalUnitKm = 149_597_870.7;

    private const double SecondsPerCentury = 36_525.0 * 86_400.0;
    private const double LongitudeRate = 36_000.77 / SecondsPerCentury * (Math.PI / 180.0);

    /// <summary>Position from the Earth's centre, km, TEME.</summary>
    public static Vector3d PositionTeme(DateTimeOffset time)
    {
        var sun = StateTeme(JulianDate.From(time));
        return sun.DistanceKm * sun.Direction;
    }

    /// <summary>Direction, its rate and distance, TEME.</summary>
    public static SunState StateTeme(JulianDate time)
    {
        var t = time.CenturiesSinceJ2000;
        var meanLongitude = 280.460 + (36_000.77 * t);
        var (sinAnomaly, cosAnomaly) = Math.SinCos(double.DegreesToRadians(357.529_109_2 + (35_999.050_34 * t)));
        var sinTwiceAnomaly = 2 * sinAnomaly * cosAnomaly;
        var cosTwiceAnomaly = 1 - (2 * sinAnomaly * sinAnomaly);
        var longitude = double.DegreesToRadians(meanLongitude + (1.914_666_471 * sinAnomaly) + (0.019_994_643 * sinTwiceAnomaly));
        var distance = 1.000_140_612 - (0.016_708_617 * cosAnomaly) - (0.000_139_589 * cosTwiceAnomaly);
        var (sinLongitude, cosLongitude) = Math.SinCos(longitude);
        var (sinObliquity, cosObliquity) = Math.SinCos(double.DegreesToRadians(23.439_291 - (0.013_004_2 * t)));
        return new(
            new(cosLongitude, cosObliquity * sinLongitude, sinObliquity * sinLongitude),
            LongitudeRate * new Vector3d(-sinLongitude, cosObliquity * cosLongitude, sinObliquity * cosLongitude),
            distance * AstronomicalUnitKm);
    }
}
