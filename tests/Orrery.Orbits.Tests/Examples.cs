using FsCheck;
using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

/// <summary>Satellites, sites and times for the tests.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Epoch = new(2026, 10, 6, 21, 15, 0, TimeSpan.Zero);

    public static ElementSet Iss => BundledFleet.Satellites[0].Elements;

    /// <summary>Orbits of all kinds: low, medium, geosynchronous, and eccentric with a perigee at 300 km or more.</summary>
    public static Gen<ElementSet> Satellites =>
        from motion in Gen.Frequency((6, Real(11.3, 15.7)), (1, Real(2, 8)), (1, Real(0.99, 1.01)))
        from share in Gen.Frequency((3, Real(0, 0.02)), (1, Real(0, 1)))
        from inclination in Real(0, 180)
        from node in Real(0, 359.9)
        from perigee in Real(0, 359.9)
        from anomaly in Real(0, 359.9)
        from drag in Real(0, 1e-4)
        select new ElementSet
        {
            NoradId = 90_001,
            Name = "EXAMPLE",
            Epoch = Epoch,
            InclinationDeg = Math.Round(inclination, 4),
            RaanDeg = Math.Round(node, 4),
            Eccentricity = Math.Round(share * GreatestEccentricity(motion), 7),
            ArgumentOfPerigeeDeg = Math.Round(perigee, 4),
            MeanAnomalyDeg = Math.Round(anomaly, 4),
            MeanMotionRevPerDay = Math.Round(motion, 8),
            BStar = Math.Round(drag, 8),
        };

    public static Gen<GroundSite> Sites =>
        from latitude in Real(-90, 90)
        from longitude in Real(-180, 180)
        from height in Real(0, 4)
        select new GroundSite(Geodetic.FromDegrees(latitude, longitude, height));

    public static Gen<double> Real(double least, double greatest) =>
        Gen.Choose(0, 1_000_000).Select(i => least + ((greatest - least) * i / 1_000_000.0));

    public static void Check<T>(Gen<T> examples, int count, Action<T> property) =>
        Prop.ForAll(examples.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

    private static double GreatestEccentricity(double revPerDay) =>
        Math.Clamp(1 - (6_680 / (Wgs72.SemiMajorAxis(revPerDay * Math.Tau / 1440) * Wgs72.EarthRadiusKm)), 0, 0.74);
}
