using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Orrery.Orbits;

/// <summary>Eight mean orbits at their times: secular motion and drag of the near-earth theory, as in <see cref="OrbitTheory"/>.</summary>
internal struct LaneMean
{
    private const double GreatestNegativeEccentricity = -0.001;
    private const double LeastEccentricity = 1e-6;

    public Lanes SemiMajorAxis;
    public Lanes RootAxis;
    public Lanes Eccentricity;
    public Lanes Node;
    public Lanes Perigee;
    public Lanes MeanAnomaly;

    /// <summary>Where the eccentricity left its limits.</summary>
    public Lanes Failed;

    /// <param name="s">The satellites.</param>
    /// <param name="t">Minutes since each one's epoch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMean At(NearEarthLanes s, Lanes t)
    {
        var t2 = t * t;
        var anomaly = Vector512.FusedMultiplyAdd(s.AnomalyRate, t, s.MeanAnomaly);
        var (sin, cos) = LaneTrig.SinCos(anomaly);
        var swing = Vector512.FusedMultiplyAdd(s.Eta, cos, Vector512<double>.One);
        var shift = Vector512.FusedMultiplyAdd(s.PerigeeDrag, t, s.AnomalyDrag * ((swing * swing * swing) - s.AnomalyAtEpoch));
        (sin, _) = LaneTrig.Turn(sin, cos, shift);

        var axisLoss = t * (s.C1 + (t * (s.D2 + (t * (s.D3 + (t * s.D4))))));
        var factor = Vector512<double>.One - axisLoss;
        var axis = s.SemiMajorAxis * factor * factor;
        var eccentricity = s.Eccentricity - (s.EccentricityDrag * t) - (s.EccentricityByAnomaly * (sin - s.SinAnomalyAtEpoch));
        var longitude = t2 * ((Vector512.Create(1.5) * s.C1) + (t * (s.T3 + (t * (s.T4 + (t * s.T5))))));
        return new()
        {
            SemiMajorAxis = axis,
            RootAxis = Vector512.Sqrt(axis),
            Eccentricity = Vector512.Max(eccentricity, Vector512.Create(LeastEccentricity)),
            Node = s.Node + (t * Vector512.FusedMultiplyAdd(s.NodeDrag, t, s.NodeRate)),
            Perigee = Vector512.FusedMultiplyAdd(s.PerigeeRate, t, s.Perigee) - shift,
            MeanAnomaly = Vector512.FusedMultiplyAdd(s.MeanMotion, longitude, anomaly + shift),
            Failed = ~(Vector512.LessThan(eccentricity, Vector512<double>.One)
                & Vector512.GreaterThanOrEqual(eccentricity, Vector512.Create(GreatestNegativeEccentricity))),
        };
    }
}
