using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Orrery.Orbits;

/// <summary>The coefficients of eight satellites side by side; the names are those of <see cref="NearEarthCoefficients"/>.</summary>
internal sealed class NearEarthLanes
{
    public const int Width = 8;

    public readonly Lanes MeanAnomaly;
    public readonly Lanes Perigee;
    public readonly Lanes Node;
    public readonly Lanes AnomalyRate;
    public readonly Lanes PerigeeRate;
    public readonly Lanes NodeRate;
    public readonly Lanes MeanMotion;
    public readonly Lanes SemiMajorAxis;
    public readonly Lanes Eccentricity;
    public readonly Lanes SinInclination;
    public readonly Lanes CosInclination;
    public readonly Lanes ThreeCos2MinusOne;
    public readonly Lanes OneMinusCos2;
    public readonly Lanes SevenCos2MinusOne;
    public readonly Lanes LongPeriodLongitude;
    public readonly Lanes LongPeriodEccentricity;
    public readonly Lanes NodeDrag;
    public readonly Lanes C1;
    public readonly Lanes EccentricityDrag;
    public readonly Lanes PerigeeDrag;
    public readonly Lanes AnomalyDrag;
    public readonly Lanes Eta;
    public readonly Lanes AnomalyAtEpoch;
    public readonly Lanes EccentricityByAnomaly;
    public readonly Lanes SinAnomalyAtEpoch;
    public readonly Lanes D2;
    public readonly Lanes D3;
    public readonly Lanes D4;
    public readonly Lanes T3;
    public readonly Lanes T4;
    public readonly Lanes T5;

    /// <param name="of">Eight satellites.</param>
    public NearEarthLanes(NearEarthCoefficients[] of)
    {
        MeanAnomaly = Each(of, s => s.Orbit.MeanAnomaly);
        Perigee = Each(of, s => s.Orbit.Perigee);
        Node = Each(of, s => s.Orbit.Node);
        AnomalyRate = Each(of, s => s.Rates.MeanAnomaly);
        PerigeeRate = Each(of, s => s.Rates.Perigee);
        NodeRate = Each(of, s => s.Rates.Node);
        MeanMotion = Each(of, s => s.Orbit.MeanMotion);
        SemiMajorAxis = Each(of, s => s.Orbit.SemiMajorAxis);
        Eccentricity = Each(of, s => s.Orbit.Eccentricity);
        SinInclination = Each(of, s => s.Oblateness.SinInclination);
        CosInclination = Each(of, s => s.Oblateness.CosInclination);
        ThreeCos2MinusOne = Each(of, s => s.Oblateness.ThreeCos2MinusOne);
        OneMinusCos2 = Each(of, s => s.Oblateness.OneMinusCos2);
        SevenCos2MinusOne = Each(of, s => s.Oblateness.SevenCos2MinusOne);
        LongPeriodLongitude = Each(of, s => s.Oblateness.LongPeriodLongitude);
        LongPeriodEccentricity = Each(of, s => s.Oblateness.LongPeriodEccentricity);
        NodeDrag = Each(of, s => s.Drag.Node);
        C1 = Each(of, s => s.Drag.C1);
        EccentricityDrag = Each(of, s => s.Drag.Eccentricity);
        PerigeeDrag = Each(of, s => s.Drag.Perigee);
        AnomalyDrag = Each(of, s => s.Drag.Anomaly);
        Eta = Each(of, s => s.Drag.Eta);
        AnomalyAtEpoch = Each(of, s => s.Drag.AnomalyAtEpoch);
        EccentricityByAnomaly = Each(of, s => s.Drag.EccentricityByAnomaly);
        SinAnomalyAtEpoch = Each(of, s => s.Drag.SinAnomalyAtEpoch);
        D2 = Each(of, s => s.Drag.Higher.D2);
        D3 = Each(of, s => s.Drag.Higher.D3);
        D4 = Each(of, s => s.Drag.Higher.D4);
        T3 = Each(of, s => s.Drag.Higher.T3);
        T4 = Each(of, s => s.Drag.Higher.T4);
        T5 = Each(of, s => s.Drag.Higher.T5);
    }

    /// <summary>One satellite in all lanes, for eight times at once.</summary>
    public static NearEarthLanes Of(NearEarthCoefficients satellite) => new([.. Enumerable.Repeat(satellite, Width)]);

    private static Lanes Each(NearEarthCoefficients[] of, Func<NearEarthCoefficients, double> value) => Vector512.Create(
        value(of[0]), value(of[1]), value(of[2]), value(of[3]), value(of[4]), value(of[5]), value(of[6]), value(of[7]));
}
