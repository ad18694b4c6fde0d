namespace Orrery.Orbits;

/// <summary>Limits that a satellite's motion keeps within for weeks around its epoch, from its mean elements with a margin for what perturbs them.</summary>
internal readonly record struct MotionBounds
{
    private const double RadiusMargin = 0.01;
    private const double RadiusMarginKm = 30;
    private const double LeastRadiusKm = 6_300;
    private const double OblatenessFactor = 1.01;

    public MotionBounds(Sgp4Propagator satellite)
    {
        MinRadius = Math.Max(LeastRadiusKm, (satellite.PerigeeRadiusKm * (1 - RadiusMargin)) - RadiusMarginKm);
        MaxRadius = (satellite.ApogeeRadiusKm * (1 + RadiusMargin)) + RadiusMarginKm;
        MaxAcceleration = OblatenessFactor * Wgs72.GravitationalParameter / (MinRadius * MinRadius);
        Potential = OblatenessFactor * Wgs72.GravitationalParameter / MinRadius;
        MaxSpeed = Math.Sqrt(2 * Potential * MaxRadius / (MaxRadius + MinRadius));
    }

    /// <summary>km.</summary>
    public double MinRadius { get; }

    /// <summary>km.</summary>
    public double MaxRadius { get; }

    /// <summary>km/s, inertial.</summary>
    public double MaxSpeed { get; }

    /// <summary>km/s², inertial.</summary>
    public double MaxAcceleration { get; }

    /// <summary>Greatest μ/r, km²/s²: bounds position · acceleration.</summary>
    public double Potential { get; }
}
