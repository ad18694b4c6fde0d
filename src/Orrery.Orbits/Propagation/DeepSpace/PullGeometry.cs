namespace Orrery.Orbits;

/// <summary>The Z coefficients: a body's pull resolved along the satellite's orbit.</summary>
internal readonly struct PullGeometry
{
    public PullGeometry(EpochOrbit orbit, ThirdBody body)
    {
        var a1 = (body.CosPerigee * body.CosNode) + (body.SinPerigee * body.CosInclination * body.SinNode);
        var a3 = (-body.SinPerigee * body.CosNode) + (body.CosPerigee * body.CosInclination * body.SinNode);
        var a7 = (-body.CosPerigee * body.SinNode) + (body.SinPerigee * body.CosInclination * body.CosNode);
        var a8 = body.SinPerigee * body.SinInclination;
        var a9 = (body.SinPerigee * body.SinNode) + (body.CosPerigee * body.CosInclination * body.CosNode);
        var a10 = body.CosPerigee * body.SinInclination;
        var (sinI, cosI) = (orbit.SinInclination, orbit.CosInclination);
        var a2 = (cosI * a7) + (sinI * a8);
        var a4 = (cosI * a9) + (sinI * a10);
        var a5 = (-sinI * a7) + (cosI * a8);
        var a6 = (-sinI * a9) + (cosI * a10);
        var (sin, cos) = Math.SinCos(orbit.Perigee);
        var x1 = (a1 * cos) + (a2 * sin);
        var x2 = (a3 * cos) + (a4 * sin);
        var x3 = (-a1 * sin) + (a2 * cos);
        var x4 = (-a3 * sin) + (a4 * cos);
        var (x5, x6, x7, x8) = (a5 * sin, a6 * sin, a5 * cos, a6 * cos);
        var e2 = orbit.Eccentricity * orbit.Eccentricity;

        Z31 = (12 * x1 * x1) - (3 * x3 * x3);
        Z32 = (24 * x1 * x2) - (6 * x3 * x4);
        Z33 = (12 * x2 * x2) - (3 * x4 * x4);
        Z1 = (6 * ((a1 * a1) + (a2 * a2))) + ((1 + e2) * Z31);
        Z2 = (12 * ((a1 * a3) + (a2 * a4))) + ((1 + e2) * Z32);
        Z3 = (6 * ((a3 * a3) + (a4 * a4))) + ((1 + e2) * Z33);
        Z11 = (-6 * a1 * a5) + (e2 * ((-24 * x1 * x7) - (6 * x3 * x5)));
        Z12 = (-6 * ((a1 * a6) + (a3 * a5))) + (e2 * ((-24 * ((x2 * x7) + (x1 * x8))) - (6 * ((x3 * x6) + (x4 * x5)))));
        Z13 = (-6 * a3 * a6) + (e2 * ((-24 * x2 * x8) - (6 * x4 * x6)));
        Z21 = (6 * a2 * a5) + (e2 * ((24 * x1 * x5) - (6 * x3 * x7)));
        Z22 = (6 * ((a4 * a5) + (a2 * a6))) + (e2 * ((24 * ((x2 * x5) + (x1 * x6))) - (6 * ((x4 * x7) + (x3 * x8)))));
        Z23 = (6 * a4 * a6) + (e2 * ((24 * x2 * x6) - (6 * x4 * x8)));
        S5 = (x1 * x3) + (x2 * x4);
        S6 = (x2 * x3) + (x1 * x4);
        S7 = (x2 * x4) - (x1 * x3);
    }

    public double Z1 { get; }

    public double Z2 { get; }

    public double Z3 { get; }

    public double Z11 { get; }

    public double Z12 { get; }

    public double Z13 { get; }

    public double Z21 { get; }

    public double Z22 { get; }

    public double Z23 { get; }

    public double Z31 { get; }

    public double Z32 { get; }

    public double Z33 { get; }

    public double S5 { get; }

    public double S6 { get; }

    public double S7 { get; }
}
