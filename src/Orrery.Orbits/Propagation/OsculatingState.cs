namespace Orrery.Orbits;

/// <summary>From mean elements to position and velocity: long-period terms, Kepler's equation, short-period terms.</summary>
/// <remarks>Spacetrack Report No. 3, section 6, second half.</remarks>
internal static class OsculatingState
{
    private const int KeplerIterations = 10;
    private const double KeplerTolerance = 1e-12;
    private const double GreatestKeplerStep = 0.95;

    /// <returns>km and km/s, TEME.</returns>
    public static PropagationError From(MeanState mean, in OblatenessTerms terms, out Vector3d position, out Vector3d velocity)
    {
        var (a, e) = (mean.SemiMajorAxis, mean.Eccentricity);
        var (sinPerigee, cosPerigee) = Math.SinCos(mean.Perigee);
        var inverse = 1 / (a * (1 - (e * e)));
        var ex = e * cosPerigee;
        var ey = (e * sinPerigee) + (inverse * terms.LongPeriodEccentricity);
        var longitude = mean.MeanAnomaly + mean.Perigee + mean.Node + (inverse * terms.LongPeriodLongitude * ex);
        var (sinE, cosE) = Kepler((longitude - mean.Node) % Math.Tau, ex, ey);

        var eCosE = (ex * cosE) + (ey * sinE);
        var eSinE = (ex * sinE) - (ey * cosE);
        var e2 = (ex * ex) + (ey * ey);
        var p = a * (1 - e2);
        position = default;
        velocity = default;
        if (!(p >= 0))
            return PropagationError.SemiLatusRectum;

        var r = a * (1 - eCosE);
        var beta = Math.Sqrt(1 - e2);
        var shift = eSinE / (1 + beta);
        var sinU = a / r * (sinE - ey - (ex * shift));
        var cosU = a / r * (cosE - ex + (ey * shift));
        var sin2U = 2 * cosU * sinU;
        var cos2U = 1 - (2 * sinU * sinU);
        var j2P = 0.5 * Wgs72.J2 / p;
        var j2P2 = j2P / p;

        var radius = (r * (1 - (1.5 * j2P2 * beta * terms.ThreeCos2MinusOne))) + (0.5 * j2P * terms.OneMinusCos2 * cos2U);
        var u = Math.Atan2(sinU, cosU) - (0.25 * j2P2 * terms.SevenCos2MinusOne * sin2U);
        var node = mean.Node + (1.5 * j2P2 * terms.CosInclination * sin2U);
        var inclination = mean.Inclination + (1.5 * j2P2 * terms.CosInclination * terms.SinInclination * cos2U);
        var motion = mean.MeanMotion * j2P / Wgs72.RootMu;
        var radial = (Math.Sqrt(a) * eSinE / r) - (motion * terms.OneMinusCos2 * sin2U);
        var transverse = (Math.Sqrt(p) / r) + (motion * ((terms.OneMinusCos2 * cos2U) + (1.5 * terms.ThreeCos2MinusOne)));

        Orient(u, node, inclination, out var outward, out var along);
        position = radius * Wgs72.EarthRadiusKm * outward;
        velocity = Wgs72.VelocityUnitKmPerSecond * ((radial * outward) + (transverse * along));
        return radius < 1 ? PropagationError.Decayed : PropagationError.None;
    }

    /// <summary>Sine and cosine of the eccentric longitude, by Newton's method with bounded steps.</summary>
    private static (double Sin, double Cos) Kepler(double u, double ex, double ey)
    {
        var e = u;
        var (sin, cos) = (0.0, 0.0);
        for (var i = 0; i < KeplerIterations; i++)
        {
            (sin, cos) = Math.SinCos(e);
            var step = (u - (ey * cos) + (ex * sin) - e) / (1 - (cos * ex) - (sin * ey));
            e += Math.Clamp(step, -GreatestKeplerStep, GreatestKeplerStep);
            if (Math.Abs(step) < KeplerTolerance)
                break;
        }

        return (sin, cos);
    }

    private static void Orient(double u, double node, double inclination, out Vector3d outward, out Vector3d along)
    {
        var (sinU, cosU) = Math.SinCos(u);
        var (sinNode, cosNode) = Math.SinCos(node);
        var (sinI, cosI) = Math.SinCos(inclination);
        var (mx, my) = (-sinNode * cosI, cosNode * cosI);
        outward = new((mx * sinU) + (cosNode * cosU), (my * sinU) + (sinNode * cosU), sinI * sinU);
        along = new((mx * cosU) - (cosNode * sinU), (my * cosU) - (sinNode * sinU), sinI * cosU);
    }
}
