using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Orrery.Orbits;

/// <summary>The near-earth theory for eight states at once; the formulas are those of <see cref="OsculatingState"/>.</summary>
internal static class LaneTheory
{
    private const int KeplerIterations = 10;
    private const double GreatestKeplerStep = 0.95;

    /// <summary>Newton's next step would be below half its square.</summary>
    private const double LastKeplerStep = 1e-6;

    /// <param name="s">The satellites.</param>
    /// <param name="t">Minutes since each one's epoch.</param>
    /// <param name="states">km and km/s, TEME.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void States(NearEarthLanes s, Lanes t, out LaneStates states)
    {
        var one = Vector512<double>.One;
        var mean = LaneMean.At(s, t);
        var (a, e) = (mean.SemiMajorAxis, mean.Eccentricity);
        var (sinPerigee, cosPerigee) = LaneTrig.SinCos(mean.Perigee);
        var inverse = one / (a * (one - (e * e)));
        var ex = e * cosPerigee;
        var ey = (e * sinPerigee) + (inverse * s.LongPeriodEccentricity);
        var (sinE, cosE) = Kepler(mean.MeanAnomaly + mean.Perigee + (inverse * s.LongPeriodLongitude * ex), ex, ey);

        var eCosE = (ex * cosE) + (ey * sinE);
        var eSinE = (ex * sinE) - (ey * cosE);
        var e2 = (ex * ex) + (ey * ey);
        var p = a * (one - e2);
        var r = a * (one - eCosE);
        var inverseR = one / r;
        var beta = Vector512.Sqrt(one - e2);
        var shift = eSinE / (one + beta);
        var sinU = a * inverseR * (sinE - ey - (ex * shift));
        var cosU = a * inverseR * (cosE - ex + (ey * shift));
        var sin2U = (cosU + cosU) * sinU;
        var cos2U = one - ((sinU + sinU) * sinU);
        var inverseP = one / p;
        var j2P = Vector512.Create(0.5 * Wgs72.J2) * inverseP;
        var j2P2 = j2P * inverseP;

        var radius = (r * (one - (Vector512.Create(1.5) * j2P2 * beta * s.ThreeCos2MinusOne)))
            + (Vector512.Create(0.5) * j2P * s.OneMinusCos2 * cos2U);
        var tilt = Vector512.Create(1.5) * j2P2 * s.CosInclination;
        var motion = j2P / (a * mean.RootAxis);
        var radial = (mean.RootAxis * eSinE * inverseR) - (motion * s.OneMinusCos2 * sin2U);
        var transverse = (Vector512.Sqrt(p) * inverseR)
            + (motion * ((s.OneMinusCos2 * cos2U) + (Vector512.Create(1.5) * s.ThreeCos2MinusOne)));

        var (sinNode, cosNode) = LaneTrig.SinCos(mean.Node);
        (sinU, cosU) = LaneTrig.Turn(sinU, cosU, Vector512.Create(-0.25) * j2P2 * s.SevenCos2MinusOne * sin2U);
        (sinNode, cosNode) = LaneTrig.Turn(sinNode, cosNode, tilt * sin2U);
        var (sinI, cosI) = LaneTrig.Turn(s.SinInclination, s.CosInclination, tilt * s.SinInclination * cos2U);
        states = default;
        states.MeanEccentricity = mean.Failed;
        states.SemiLatusRectum = ~Vector512.GreaterThanOrEqual(p, Vector512<double>.Zero);
        states.Decayed = Vector512.LessThan(radius, one);
        Orient(ref states, sinU, cosU, sinNode, cosNode, sinI, cosI, radius, radial, transverse);
    }

    /// <summary>Sine and cosine of the eccentric longitude by Newton's method; steps after the first turn what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes Sin, Lanes Cos) Kepler(Lanes u, Lanes ex, Lanes ey)
    {
        var offset = Vector512<double>.Zero;
        var (sin, cos) = LaneTrig.SinCos(u);
        for (var i = 0; i < KeplerIterations; i++)
        {
            var step = ((ex * sin) - (ey * cos) - offset) / (Vector512<double>.One - (cos * ex) - (sin * ey));
            step = Vector512.Min(Vector512.Max(step, Vector512.Create(-GreatestKeplerStep)), Vector512.Create(GreatestKeplerStep));
            offset += step;
            (sin, cos) = LaneTrig.Turn(sin, cos, step);
            if (!Vector512.GreaterThanAny(Vector512.Abs(step), Vector512.Create(LastKeplerStep)))
                break;
        }

        return (sin, cos);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Orient(
        ref LaneStates states, Lanes sinU, Lanes cosU, Lanes sinNode, Lanes cosNode, Lanes sinI, Lanes cosI, Lanes radius, Lanes radial, Lanes transverse)
    {
        var (mx, my) = (-sinNode * cosI, cosNode * cosI);
        var (outX, outY, outZ) = ((mx * sinU) + (cosNode * cosU), (my * sinU) + (sinNode * cosU), sinI * sinU);
        var (alongX, alongY, alongZ) = ((mx * cosU) - (cosNode * sinU), (my * cosU) - (sinNode * sinU), sinI * cosU);
        var length = radius * Vector512.Create(Wgs72.EarthRadiusKm);
        var unit = Vector512.Create(Wgs72.VelocityUnitKmPerSecond);
        var (along, across) = (radial * unit, transverse * unit);
        states.X = length * outX;
        states.Y = length * outY;
        states.Z = length * outZ;
        states.Vx = (along * outX) + (across * alongX);
        states.Vy = (along * outY) + (across * alongY);
        states.Vz = (along * outZ) + (across * alongZ);
    }
}
