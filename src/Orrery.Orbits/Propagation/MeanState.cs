namespace Orrery.Orbits;

/// <summary>Mean elements as they move through the stages of the theory: radians, Earth radii, minutes.</summary>
internal struct MeanState
{
    public double MeanMotion;
    public double SemiMajorAxis;
    public double Eccentricity;
    public double Inclination;
    public double Node;
    public double Perigee;
    public double MeanAnomaly;
}
