namespace Orrery.Orbits;

/// <summary>Resonance of eccentric twelve-hour orbits: ten tesseral harmonics.</summary>
internal sealed class HalfDayResonance : Resonance
{
    private const double Root22 = 1.7891679e-6;
    private const double Root32 = 3.7393792e-7;
    private const double Root44 = 7.3636953e-9;
    private const double Root52 = 1.1428639e-7;
    private const double Root54 = 2.1765803e-9;
    private const double Phase22 = 5.7686396;
    private const double Phase32 = 0.95240898;
    private const double Phase44 = 1.8014998;
    private const double Phase52 = 1.0508330;
    private const double Phase54 = 4.4108898;

    private readonly HalfDayTerm[] terms;
    private readonly double perigeeAtEpoch;
    private readonly double perigeeRate;

    public HalfDayResonance(EpochOrbit orbit, SecularRates rates, DeepSpace deepSpace, double siderealAngle)
        : base(orbit, siderealAngle)
    {
        perigeeAtEpoch = orbit.Perigee;
        perigeeRate = rates.Perigee;
        AngleAtEpoch = (orbit.MeanAnomaly + (2 * orbit.Node) - (2 * (siderealAngle % Math.Tau))) % Math.Tau;
        AngleRate = rates.MeanAnomaly + deepSpace.AnomalyRate
            + (2 * (rates.Node + deepSpace.NodeRate - EarthRotation)) - orbit.MeanMotion;
        terms = Terms(orbit);
    }

    protected override (double Acceleration, double Jerk) Forces(double angle, double time)
    {
        var perigee = perigeeAtEpoch + (perigeeRate * time);
        var (acceleration, jerk) = (0.0, 0.0);
        foreach (ref readonly var term in terms.AsSpan())
        {
            var (sin, cos) = Math.SinCos((term.Perigees * perigee) + (term.Angles * angle) - term.Phase);
            acceleration += term.Strength * sin;
            jerk += term.Angles * term.Strength * cos;
        }

        return (acceleration, jerk);
    }

    protected override double MeanAnomaly(double angle, double siderealAngle, in MeanState mean) =>
        angle - (2 * mean.Node) + (2 * siderealAngle);

    private static HalfDayTerm[] Terms(EpochOrbit orbit)
    {
        var inverseAxis = Math.Pow(orbit.MeanMotion / Wgs72.RootMu, 2.0 / 3.0);
        var degree2 = 3 * orbit.MeanMotion * orbit.MeanMotion * inverseAxis * inverseAxis;
        var degree3 = degree2 * inverseAxis;
        var degree4 = degree3 * inverseAxis;
        var degree5 = degree4 * inverseAxis;
        var g = new EccentricityFunctions(orbit.Eccentricity);
        var f = new InclinationFunctions(orbit.SinInclination, orbit.CosInclination);
        return
        [
            new(degree2 * Root22 * f.F220 * g.G201, 2, 1, Phase22),
            new(degree2 * Root22 * f.F221 * g.G211, 0, 1, Phase22),
            new(degree3 * Root32 * f.F321 * g.G310, 1, 1, Phase32),
            new(degree3 * Root32 * f.F322 * g.G322, -1, 1, Phase32),
            new(2 * degree4 * Root44 * f.F441 * g.G410, 2, 2, Phase44),
            new(2 * degree4 * Root44 * f.F442 * g.G422, 0, 2, Phase44),
            new(degree5 * Root52 * f.F522 * g.G520, 1, 1, Phase52),
            new(degree5 * Root52 * f.F523 * g.G532, -1, 1, Phase52),
            new(2 * degree5 * Root54 * f.F542 * g.G521, 1, 2, Phase54),
            new(2 * degree5 * Root54 * f.F543 * g.G533, -1, 2, Phase54),
        ];
    }
}
