namespace Orrery.Orbits;

/// <summary>Drag beyond first order, D₂ … D₄, left out for deep space and for perigees below 220 km.</summary>
internal readonly struct HigherDragTerms
{
    private readonly double d2;
    private readonly double d3;
    private readonly double d4;
    private readonly double t3;
    private readonly double t4;
    private readonly double t5;

    public HigherDragTerms(double axis, double xi, double atmosphereBase, double c1)
    {
        var c1Squared = c1 * c1;
        d2 = 4 * axis * xi * c1Squared;
        var third = d2 * xi * c1 / 3;
        d3 = ((17 * axis) + atmosphereBase) * third;
        d4 = 0.5 * third * axis * xi * ((221 * axis) + (31 * atmosphereBase)) * c1;
        t3 = d2 + (2 * c1Squared);
        t4 = 0.25 * ((3 * d3) + (c1 * ((12 * d2) + (10 * c1Squared))));
        t5 = 0.2 * ((3 * d4) + (12 * c1 * d3) + (6 * d2 * d2) + (15 * c1Squared * ((2 * d2) + c1Squared)));
    }

    public double Axis(double t) => t * t * (d2 + (t * (d3 + (t * d4))));

    public double Longitude(double t) => t * t * t * (t3 + (t * (t4 + (t * t5))));
}
