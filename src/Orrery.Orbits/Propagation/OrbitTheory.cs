namespace Orrery.Orbits;

/// <summary>The theory for one satellite: secular motion and drag, deep-space terms when the period is 225 minutes or more, periodic terms.</summary>
internal sealed class OrbitTheory
{
    private const double DeepSpacePeriodMinutes = 225;
    private const double GreatestNegativeEccentricity = -0.001;
    private const double LeastEccentricity = 1e-6;

    private readonly EpochOrbit orbit;
    private readonly SecularRates rates;
    private readonly DragTerms drag;
    private readonly OblatenessTerms oblateness;
    private readonly DeepSpace? deepSpace;

    public OrbitTheory(ElementSet elements)
    {
        orbit = new EpochOrbit(elements);
        rates = SecularRates.Of(orbit);
        var isDeep = Math.Tau / orbit.MeanMotion >= DeepSpacePeriodMinutes;
        drag = new DragTerms(orbit, rates, isDeep);
        oblateness = OblatenessTerms.Of(orbit.SinInclination, orbit.CosInclination);
        deepSpace = isDeep ? new DeepSpace(orbit, rates, elements.JulianEpoch) : null;
    }

    public double PerigeeRadiusKm => orbit.PerigeeRadius * Wgs72.EarthRadiusKm;

    public double ApogeeRadiusKm => orbit.ApogeeRadius * Wgs72.EarthRadiusKm;

    /// <summary>What the batch needs; null in deep space.</summary>
    public NearEarthCoefficients? NearEarth => deepSpace is null
        ? new NearEarthCoefficients { Orbit = orbit, Rates = rates, Drag = drag.Coefficients, Oblateness = oblateness }
        : null;

    /// <summary>km and km/s, TEME, <paramref name="t"/> minutes after the epoch.</summary>
    public PropagationError State(double t, out Vector3d position, out Vector3d velocity)
    {
        position = default;
        velocity = default;
        var mean = Secular(t, out var effect);
        if (!(mean.MeanMotion > 0))
            return PropagationError.MeanMotion;
        Decay(effect, ref mean);
        if (!(mean.Eccentricity is < 1 and >= GreatestNegativeEccentricity))
            return PropagationError.MeanEccentricity;
        mean.Eccentricity = Math.Max(mean.Eccentricity, LeastEccentricity);
        Wrap(ref mean);

        if (deepSpace is null)
            return OsculatingState.From(mean, oblateness, out position, out velocity);
        deepSpace.AddPeriodic(t, ref mean);
        if (!(mean.Eccentricity is >= 0 and <= 1))
            return PropagationError.PerturbedEccentricity;
        var (sin, cos) = Math.SinCos(mean.Inclination);
        return OsculatingState.From(mean, OblatenessTerms.Of(sin, cos), out position, out velocity);
    }

    private MeanState Secular(double t, out DragEffect effect)
    {
        var mean = new MeanState
        {
            MeanMotion = orbit.MeanMotion,
            Eccentricity = orbit.Eccentricity,
            Inclination = orbit.Inclination,
            Node = orbit.Node + (rates.Node * t),
            Perigee = orbit.Perigee + (rates.Perigee * t),
            MeanAnomaly = orbit.MeanAnomaly + (rates.MeanAnomaly * t),
        };
        effect = drag.Apply(t, ref mean);
        deepSpace?.AddSecular(t, ref mean);
        return mean;
    }

    private void Decay(DragEffect effect, ref MeanState mean)
    {
        mean.SemiMajorAxis = Wgs72.SemiMajorAxis(mean.MeanMotion) * effect.AxisFactor * effect.AxisFactor;
        mean.MeanMotion = Wgs72.RootMu / (mean.SemiMajorAxis * Math.Sqrt(mean.SemiMajorAxis));
        mean.Eccentricity -= effect.EccentricityLoss;
        mean.MeanAnomaly += orbit.MeanMotion * effect.LongitudeGain;
    }

    private static void Wrap(ref MeanState mean)
    {
        var longitude = (mean.MeanAnomaly + mean.Perigee + mean.Node) % Math.Tau;
        mean.Node %= Math.Tau;
        mean.Perigee %= Math.Tau;
        mean.MeanAnomaly = (longitude - mean.Perigee - mean.Node) % Math.Tau;
    }
}
