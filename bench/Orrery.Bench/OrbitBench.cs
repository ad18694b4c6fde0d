using Orrery.Orbits;

namespace Orrery.Bench;

/// <summary>The scalar propagator and the finders on one core.</summary>
internal static class OrbitBench
{
    private const int Batch = 100_000;

    public static void Run()
    {
        var iss = new Sgp4Propagator(BundledFleet.Satellites[0].Elements);
        var minutes = Enumerable.Range(0, Batch).Select(i => i * 0.01).ToArray();
        var (positions, velocities, errors) = (new Vector3d[Batch], new Vector3d[Batch], new PropagationError[Batch]);
        var rate = Best(() => iss.Propagate(minutes, positions, velocities, errors));
        Report.Row("SGP4, scalar batch, one core", $"{Batch / rate / 1e6:N2} million states a second");
        var start = BundledFleet.NewestEpoch;
        var sites = FleetConfiguration.Default.GroundStations.Select(station => (station.Site, station.ElevationMaskDeg)).ToArray();
        var passes = 0;
        var seconds = Best(() =>
        {
            var track = Ephemeris.Sample(iss, start, start.AddDays(1));
            passes = sites.Sum(site => PassFinder.Find(track, site.Site, site.ElevationMaskDeg).Count);
        });
        Report.Row($"ISS over {sites.Length} stations, 24 h ({passes} passes)", $"{seconds * 1000:N2} ms");
    }

    /// <summary>Seconds of the fastest of a few runs.</summary>
    private static double Best(Action work) => Enumerable.Range(0, 9).Min(_ =>
    {
        var began = TimeProvider.System.GetTimestamp();
        work();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    });
}
