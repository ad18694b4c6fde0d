namespace Orrery.Orbits;

/// <summary>Geosynchronous resonance: the tesseral harmonics (2,2), (3,1) and (3,3).</summary>
internal sealed class OneDayResonance : Resonance
{
    private const double Phase1 = 0.13130908;
    private const double Phase2 = 2.8843198;
    private const double Phase3 = 0.37448087;
    private const double Q22 = 1.7891679e-6;
    private const double Q31 = 2.1460748e-6;
    private const double Q33 = 2.2123015e-7;

    private readonly double strength1;
    private readonly double strength2;
    private readonly double strength3;

    public OneDayResonance(EpochOrbit orbit, SecularRates rates, DeepSpace deepSpace, double siderealAngle)
        : base(orbit, siderealAngle)
    {
        var (n, cos, sin) = (orbit.MeanMotion, orbit.CosInclination, orbit.SinInclination);
        var e2 = orbit.Eccentricity * orbit.Eccentricity;
        var inverseAxis = Math.Pow(n / Wgs72.RootMu, 2.0 / 3.0);
        var g200 = 1 + (e2 * (-2.5 + (0.8125 * e2)));
        var g310 = 1 + (2 * e2);
        var g300 = 1 + (e2 * (-6 + (6.60937 * e2)));
        var f220 = 0.75 * (1 + cos) * (1 + cos);
        var f311 = (0.9375 * sin * sin * (1 + (3 * cos))) - (0.75 * (1 + cos));
        var f330 = 1.875 * Math.Pow(1 + cos, 3);
        var common = 3 * n * n * inverseAxis * inverseAxis;
        strength1 = common * f311 * g310 * Q31 * inverseAxis;
        strength2 = 2 * common * f220 * g200 * Q22;
        strength3 = 3 * common * f330 * g300 * Q33 * inverseAxis;
        AngleAtEpoch = (orbit.MeanAnomaly + orbit.Node + orbit.Perigee - (siderealAngle % Math.Tau)) % Math.Tau;
        AngleRate = rates.MeanAnomaly + rates.Perigee + rates.Node - EarthRotation
            + deepSpace.AnomalyRate + deepSpace.PerigeeRate + deepSpace.NodeRate - n;
    }

    protected override (double Acceleration, double Jerk) Forces(double angle, double time)
    {
        var (sin1, cos1) = Math.SinCos(angle - Phase1);
        var (sin2, cos2) = Math.SinCos(2 * (angle - Phase2));
        var (sin3, cos3) = Math.SinCos(3 * (angle - Phase3));
        return (
            (strength1 * sin1) + (strength2 * sin2) + (strength3 * sin3),
            (strength1 * cos1) + (2 * strength2 * cos2) + (3 * strength3 * cos3));
    }

    protected override double MeanAnomaly(double angle, double siderealAngle, in MeanState mean) =>
        angle - mean.Node - mean.Perigee + siderealAngle;
}
