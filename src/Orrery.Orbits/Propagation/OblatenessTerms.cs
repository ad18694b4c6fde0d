namespace Orrery.Orbits;

/// <summary>What the periodic terms need of the inclination.</summary>
internal readonly record struct OblatenessTerms(
    double SinInclination,
    double CosInclination,
    double ThreeCos2MinusOne,
    double OneMinusCos2,
    double SevenCos2MinusOne,
    double LongPeriodLongitude,
    double LongPeriodEccentricity)
{
    /// <summary>Stands for 1 + cos i of an equatorial retrograde orbit, which would divide by zero.</summary>
    private const double LeastDivisor = 1.5e-12;

    public static OblatenessTerms Of(double sin, double cos)
    {
        var cos2 = cos * cos;
        var divisor = Math.Abs(cos + 1) > LeastDivisor ? 1 + cos : LeastDivisor;
        return new(
            sin,
            cos,
            (3 * cos2) - 1,
            1 - cos2,
            (7 * cos2) - 1,
            -0.25 * Wgs72.J3OverJ2 * sin * (3 + (5 * cos)) / divisor,
            -0.5 * Wgs72.J3OverJ2 * sin);
    }
}
