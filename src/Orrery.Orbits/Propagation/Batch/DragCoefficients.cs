namespace Orrery.Orbits;

/// <summary>What drag does as plain coefficients of powers of time; where the theory leaves terms out they are zero.</summary>
internal readonly record struct DragCoefficients
{
    public required double Node { get; init; }

    public required double C1 { get; init; }

    /// <summary>B*·C₄.</summary>
    public required double Eccentricity { get; init; }

    public double Perigee { get; init; }

    public double Anomaly { get; init; }

    public double Eta { get; init; }

    /// <summary>(1 + η cos M₀)³.</summary>
    public double AnomalyAtEpoch { get; init; }

    /// <summary>B*·C₅.</summary>
    public double EccentricityByAnomaly { get; init; }

    public double SinAnomalyAtEpoch { get; init; }

    public HigherDragTerms Higher { get; init; }
}
