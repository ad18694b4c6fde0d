namespace Orrery.Orbits;

/// <summary>Drag: C₁, C₄, C₅ and the powers of time that they bring into axis, eccentricity and longitude.</summary>
/// <remarks>Spacetrack Report No. 3, section 6; names are its own.</remarks>
internal sealed class DragTerms
{
    private const double NearCircular = 1e-4;
    private const double SimplifiedPerigeeKm = 220;

    private readonly EpochOrbit orbit;
    private readonly bool simplified;
    private readonly double eta;
    private readonly double c1;
    private readonly double c4;
    private readonly double c5;
    private readonly double nodeFactor;
    private readonly double perigeeFactor;
    private readonly double anomalyFactor;
    private readonly double anomalyAtEpoch;
    private readonly double sinAnomalyAtEpoch;
    private readonly HigherDragTerms higher;

    public DragTerms(EpochOrbit orbit, SecularRates rates, bool deepSpace)
    {
        this.orbit = orbit;
        simplified = deepSpace || orbit.PerigeeRadius < (SimplifiedPerigeeKm / Wgs72.EarthRadiusKm) + 1;
        var atmosphere = Atmosphere.For(orbit);
        var (a, e, n) = (orbit.SemiMajorAxis, orbit.Eccentricity, orbit.MeanMotion);
        var xi = 1 / (a - atmosphere.Base);
        eta = a * e * xi;
        var eta2 = eta * eta;
        var eEta = e * eta;
        var psi2 = Math.Abs(1 - eta2);
        var density = atmosphere.Density * Math.Pow(xi, 4);
        var scaled = density / Math.Pow(psi2, 3.5);
        var c2 = scaled * n * ((a * (1 + (1.5 * eta2) + (eEta * (4 + eta2))))
            + (0.375 * Wgs72.J2 * xi / psi2 * orbit.ThreeCos2MinusOne * (8 + (3 * eta2 * (8 + eta2)))));
        c1 = orbit.BStar * c2;
        c4 = 2 * n * scaled * a * orbit.Beta2 * EccentricityDecay(orbit, xi, psi2, eta);
        c5 = 2 * scaled * a * orbit.Beta2 * (1 + (2.75 * (eta2 + eEta)) + (eEta * eta2));
        nodeFactor = 3.5 * orbit.Beta2 * rates.NodeByJ2 * c1;
        if (e > NearCircular)
        {
            var c3 = -2 * density * xi * Wgs72.J3OverJ2 * n * orbit.SinInclination / e;
            perigeeFactor = orbit.BStar * c3 * Math.Cos(orbit.Perigee);
            anomalyFactor = -2.0 / 3.0 * density * orbit.BStar / eEta;
        }

        anomalyAtEpoch = Cube(1 + (eta * Math.Cos(orbit.MeanAnomaly)));
        sinAnomalyAtEpoch = Math.Sin(orbit.MeanAnomaly);
        higher = new HigherDragTerms(a, xi, atmosphere.Base, c1);
    }

    /// <summary>The same as plain coefficients.</summary>
    public DragCoefficients Coefficients
    {
        get
        {
            var plain = new DragCoefficients { Node = nodeFactor, C1 = c1, Eccentricity = orbit.BStar * c4 };
            return simplified ? plain : plain with
            {
                Perigee = perigeeFactor,
                Anomaly = anomalyFactor,
                Eta = eta,
                AnomalyAtEpoch = anomalyAtEpoch,
                EccentricityByAnomaly = orbit.BStar * c5,
                SinAnomalyAtEpoch = sinAnomalyAtEpoch,
                Higher = higher,
            };
        }
    }

    /// <summary>Moves node, perigee and anomaly, and gives what happens to axis, eccentricity and mean longitude.</summary>
    public DragEffect Apply(double t, ref MeanState state)
    {
        var t2 = t * t;
        state.Node += nodeFactor * t2;
        var axis = 1 - (c1 * t);
        var eccentricity = orbit.BStar * c4 * t;
        var longitude = 1.5 * c1 * t2;
        if (simplified)
            return new(axis, eccentricity, longitude);

        var shift = (perigeeFactor * t) + (anomalyFactor * (Cube(1 + (eta * Math.Cos(state.MeanAnomaly))) - anomalyAtEpoch));
        state.MeanAnomaly += shift;
        state.Perigee -= shift;
        return new(
            axis - higher.Axis(t),
            eccentricity + (orbit.BStar * c5 * (Math.Sin(state.MeanAnomaly) - sinAnomalyAtEpoch)),
            longitude + higher.Longitude(t));
    }

    private static double EccentricityDecay(EpochOrbit orbit, double xi, double psi2, double eta)
    {
        var e = orbit.Eccentricity;
        var eta2 = eta * eta;
        var eEta = e * eta;
        var sin2 = 1 - (orbit.CosInclination * orbit.CosInclination);
        var axial = -3 * orbit.ThreeCos2MinusOne * (1 - (2 * eEta) + (eta2 * (1.5 - (0.5 * eEta))));
        var tilted = 0.75 * sin2 * ((2 * eta2) - (eEta * (1 + eta2))) * Math.Cos(2 * orbit.Perigee);
        return (eta * (2 + (0.5 * eta2))) + (e * (0.5 + (2 * eta2))) - (Wgs72.J2 * xi / (orbit.SemiMajorAxis * psi2) * (axial + tilted));
    }

    private static double Cube(double x) => x * x * x;
}
