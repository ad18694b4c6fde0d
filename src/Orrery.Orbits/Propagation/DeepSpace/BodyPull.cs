namespace Orrery.Orbits;

/// <summary>One body's secular rates and periodic terms on a satellite's orbit.</summary>
internal sealed class BodyPull
{
    /// <summary>Below 3° from the equator the node's rate is left out.</summary>
    private const double NearlyEquatorial = 5.2359877e-2;

    private readonly ThirdBody body;
    private readonly (double F2, double F3) eccentricity;
    private readonly (double F2, double F3) inclination;
    private readonly (double F2, double F3, double Sin) longitude;
    private readonly (double F2, double F3, double Sin) perigee;
    private readonly (double F2, double F3) node;

    public BodyPull(EpochOrbit orbit, ThirdBody body)
    {
        this.body = body;
        var z = new PullGeometry(orbit, body);
        var e2 = orbit.Eccentricity * orbit.Eccentricity;
        var beta = Math.Sqrt(orbit.Beta2);
        var s3 = body.Strength / orbit.MeanMotion;
        var s2 = -0.5 * s3 / beta;
        var s4 = s3 * beta;
        var s1 = -15 * orbit.Eccentricity * s4;

        eccentricity = (2 * s1 * z.S6, 2 * s1 * z.S7);
        inclination = (2 * s2 * z.Z12, 2 * s2 * (z.Z13 - z.Z11));
        longitude = (-2 * s3 * z.Z2, -2 * s3 * (z.Z3 - z.Z1), -2 * s3 * (-21 - (9 * e2)) * body.Eccentricity);
        perigee = (2 * s4 * z.Z32, 2 * s4 * (z.Z33 - z.Z31), -18 * s4 * body.Eccentricity);
        node = (-2 * s2 * z.Z22, -2 * s2 * (z.Z23 - z.Z21));

        var n = body.MeanMotion;
        EccentricityRate = s1 * n * z.S5;
        InclinationRate = s2 * n * (z.Z11 + z.Z13);
        AnomalyRate = -n * s3 * (z.Z1 + z.Z3 - 14 - (6 * e2));
        PerigeeRate = s4 * n * (z.Z31 + z.Z33 - 6);
        if (orbit.Inclination is >= NearlyEquatorial and <= Math.PI - NearlyEquatorial)
        {
            NodeRate = -n * s2 * (z.Z21 + z.Z23) / orbit.SinInclination;
            PerigeeRate -= orbit.CosInclination * NodeRate;
        }
    }

    public double EccentricityRate { get; }

    public double InclinationRate { get; }

    public double AnomalyRate { get; }

    public double PerigeeRate { get; }

    public double NodeRate { get; }

    /// <summary>Adds the periodic terms <paramref name="t"/> minutes after the epoch.</summary>
    public void AddPeriodic(double t, ref PeriodicShift shift)
    {
        var anomaly = body.MeanAnomalyAtEpoch + (body.MeanMotion * t);
        var (sin, cos) = Math.SinCos(anomaly + (2 * body.Eccentricity * Math.Sin(anomaly)));
        var f2 = (0.5 * sin * sin) - 0.25;
        var f3 = -0.5 * sin * cos;
        shift.Eccentricity += (eccentricity.F2 * f2) + (eccentricity.F3 * f3);
        shift.Inclination += (inclination.F2 * f2) + (inclination.F3 * f3);
        shift.Longitude += (longitude.F2 * f2) + (longitude.F3 * f3) + (longitude.Sin * sin);
        shift.Perigee += (perigee.F2 * f2) + (perigee.F3 * f3) + (perigee.Sin * sin);
        shift.Node += (node.F2 * f2) + (node.F3 * f3);
    }
}
