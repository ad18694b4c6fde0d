namespace Orrery.Orbits;

/// <summary>Drag beyond first order, D₂ … D₄, left out for deep space and for perigees below 220 km.</summary>
internal readonly struct HigherDragTerms
{
    public HigherDragTerms(double axis, double xi, double atmosphereBase, double c1)
    {
        var c1Squared = c1 * c1;
        D2 = 4 * axis * xi * c1Squared;
        var third = D2 * xi * c1 / 3;
        D3 = ((17 * axis) + atmosphereBase) * third;
        D4 = 0.5 * third * axis * xi * ((221 * axis) + (31 * atmosphereBase)) * c1;
        T3 = D2 + (2 * c1Squared);
        T4 = 0.25 * ((3 * D3) + (c1 * ((12 * D2) + (10 * c1Squared))));
        T5 = 0.2 * ((3 * D4) + (12 * c1 * D3) + (6 * D2 * D2) + (15 * c1Squared * ((2 * D2) + c1Squared)));
    }

    public double D2 { get; }

    public double D3 { get; }

    public double D4 { get; }

    public double T3 { get; }

    public double T4 { get; }

    public double T5 { get; }

    public double Axis(double t) => t * t * (D2 + (t * (D3 + (t * D4))));

    public double Longitude(double t) => t * t * t * (T3 + (t * (T4 + (t * T5))));
}
