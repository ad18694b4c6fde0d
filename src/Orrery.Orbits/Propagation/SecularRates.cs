namespace Orrery.Orbits;

/// <summary>How the oblate Earth (J2, J2², J4) turns the orbit, radians per minute.</summary>
internal readonly record struct SecularRates(double MeanAnomaly, double Perigee, double Node, double NodeByJ2)
{
    public static SecularRates Of(EpochOrbit orbit)
    {
        var cos2 = orbit.CosInclination * orbit.CosInclination;
        var cos4 = cos2 * cos2;
        var inverseP2 = 1 / (orbit.SemiLatusRectum * orbit.SemiLatusRectum);
        var beta = Math.Sqrt(orbit.Beta2);
        var j2 = 1.5 * Wgs72.J2 * inverseP2 * orbit.MeanMotion;
        var j2Squared = 0.5 * j2 * Wgs72.J2 * inverseP2;
        var j4 = -0.46875 * Wgs72.J4 * inverseP2 * inverseP2 * orbit.MeanMotion;
        var nodeByJ2 = -j2 * orbit.CosInclination;
        return new(
            orbit.MeanMotion + (0.5 * j2 * beta * orbit.ThreeCos2MinusOne) + (0.0625 * j2Squared * beta * (13 - (78 * cos2) + (137 * cos4))),
            (-0.5 * j2 * (1 - (5 * cos2))) + (0.0625 * j2Squared * (7 - (114 * cos2) + (395 * cos4))) + (j4 * (3 - (36 * cos2) + (49 * cos4))),
            nodeByJ2 + (((0.5 * j2Squared * (4 - (19 * cos2))) + (2 * j4 * (3 - (7 * cos2)))) * orbit.CosInclination),
            nodeByJ2);
    }
}
