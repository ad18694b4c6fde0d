namespace Orrery.Orbits;

/// <summary>The elements at epoch in the theory's units, with the mean motion of Kozai turned into Brouwer's.</summary>
internal sealed class EpochOrbit
{
    private const double MinutesPerDay = 1440.0;

    public EpochOrbit(ElementSet elements)
    {
        Inclination = double.DegreesToRadians(elements.InclinationDeg);
        Node = double.DegreesToRadians(elements.RaanDeg);
        Perigee = double.DegreesToRadians(elements.ArgumentOfPerigeeDeg);
        MeanAnomaly = double.DegreesToRadians(elements.MeanAnomalyDeg);
        Eccentricity = elements.Eccentricity;
        BStar = elements.BStar;
        (SinInclination, CosInclination) = Math.SinCos(Inclination);
        Beta2 = 1 - (Eccentricity * Eccentricity);
        MeanMotion = Brouwer(elements.MeanMotionRevPerDay * Math.Tau / MinutesPerDay);
        SemiMajorAxis = Wgs72.SemiMajorAxis(MeanMotion);
    }

    public double Inclination { get; }

    public double Node { get; }

    public double Perigee { get; }

    public double MeanAnomaly { get; }

    public double Eccentricity { get; }

    public double BStar { get; }

    /// <summary>Radians per minute, Brouwer's.</summary>
    public double MeanMotion { get; }

    /// <summary>Earth radii.</summary>
    public double SemiMajorAxis { get; }

    public double SinInclination { get; }

    public double CosInclination { get; }

    /// <summary>1 − e².</summary>
    public double Beta2 { get; }

    /// <summary>Semi-latus rectum, Earth radii.</summary>
    public double SemiLatusRectum => SemiMajorAxis * Beta2;

    /// <summary>Earth radii from the centre.</summary>
    public double PerigeeRadius => SemiMajorAxis * (1 - Eccentricity);

    /// <summary>Earth radii from the centre.</summary>
    public double ApogeeRadius => SemiMajorAxis * (1 + Eccentricity);

    /// <summary>3cos²i − 1.</summary>
    public double ThreeCos2MinusOne => (3 * CosInclination * CosInclination) - 1;

    private double Brouwer(double kozai)
    {
        var axis = Wgs72.SemiMajorAxis(kozai);
        var oblateness = 0.75 * Wgs72.J2 * ThreeCos2MinusOne / (Math.Sqrt(Beta2) * Beta2);
        var first = oblateness / (axis * axis);
        var corrected = axis * (1 - (first * first) - (first * ((1.0 / 3.0) + (134.0 * first * first / 81.0))));
        return kozai / (1 + (oblateness / (corrected * corrected)));
    }
}
