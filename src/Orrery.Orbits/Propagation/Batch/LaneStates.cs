using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Orrery.Orbits;

/// <summary>Eight states in TEME, km and km/s, and where each of three errors holds (all bits of a lane set).</summary>
internal struct LaneStates
{
    public Lanes X;
    public Lanes Y;
    public Lanes Z;
    public Lanes Vx;
    public Lanes Vy;
    public Lanes Vz;
    public Lanes MeanEccentricity;
    public Lanes SemiLatusRectum;
    public Lanes Decayed;
}
