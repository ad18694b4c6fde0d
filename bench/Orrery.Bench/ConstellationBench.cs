using Orrery.Orbits;

namespace Orrery.Bench;

/// <summary>Propagation, passes, positions and routes of 6,882 satellites, with python3-sgp4 and python3-skyfield of Debian beside them.</summary>
internal static class ConstellationBench
{
    private const string ElementsVariable = "ORRERY_BENCH_TLE";
    private const int Sites = 100;
    private const int SampledSatellites = 200;
    private static readonly DateTimeOffset IssStart = BundledFleet.NewestEpoch;

    public static void Run()
    {
        if (Environment.GetEnvironmentVariable(ElementsVariable) is not { } file)
        {
            Report.Row("the constellation", $"not measured: {ElementsVariable} names no file of two-line elements");
            return;
        }

        Sgp4Propagator[] fleet = [.. TleReader.Read(File.ReadAllText(file)).Select(elements => new Sgp4Propagator(elements))];
        var start = fleet.Max(satellite => satellite.Elements.Epoch);
        Propagation(fleet, start);
        OrbitPeers.Propagation(file);
        Passes(fleet, start);
        OrbitPeers.Passes(Places());
        Positions(fleet, start);
        Routes(fleet, start);
        PassCheck.Run(fleet, start, SampledSatellites);
    }

    private static void Propagation(Sgp4Propagator[] fleet, DateTimeOffset start)
    {
        const int Times = 100;
        var batch = new Sgp4Batch(fleet);
        var states = batch.Allocate(Times);
        DateTimeOffset[] times = [.. Enumerable.Range(0, Times).Select(i => start.AddMinutes(i))];
        foreach (var (threads, cores) in new[] { (1, "one core"), (2, "two cores") })
        {
            var seconds = Best(60, () => batch.Propagate(times, states, threads));
            Report.Row($"SGP4 batch, {fleet.Length} satellites × {Times} times, {cores}", $"{fleet.Length * Times / seconds / 1e6:N1} million states a second");
        }

        var deep = new Sgp4Propagator(fleet[0].Elements with { MeanMotionRevPerDay = 2.0056, Eccentricity = 0.7, InclinationDeg = 63.4 });
        double[] minutes = [.. Enumerable.Range(0, 20_000).Select(i => i * 0.01)];
        var deepStates = new StateArrays(minutes.Length);
        var deepSeconds = Best(20, () => deep.Propagate(minutes, deepStates));
        Report.Row("deep space (half a day, resonant), one core, one by one", $"{minutes.Length / deepSeconds / 1e6:N2} million states a second");
    }

    private static void Passes(Sgp4Propagator[] fleet, DateTimeOffset start)
    {
        var iss = new Sgp4Propagator(BundledFleet.Satellites[0].Elements);
        PassSite[] sites = [.. Places().Select(p => new PassSite(new GroundSite(Geodetic.FromDegrees(p.LatitudeDeg, p.LongitudeDeg, 0)), 10))];
        var found = 0;
        var seconds = Best(200, () => found = FleetPassFinder.Find([iss], sites, IssStart, IssStart.AddDays(1)).Count);
        Report.Row($"ISS over {Sites} sites, 24 h ({found} passes)", $"{seconds * 1000:N2} ms");
        var stations = Stations();
        seconds = Best(7, () => found = FleetPassFinder.Find(fleet, stations, start, start.AddDays(1)).Count);
        Report.Row($"{fleet.Length} satellites over {stations.Length} stations, 24 h ({found} passes), two cores", $"{seconds * 1000:N0} ms");
    }

    private static void Positions(Sgp4Propagator[] fleet, DateTimeOffset start)
    {
        var before = GC.GetTotalMemory(true);
        var seconds = 0.0;
        FleetEphemeris? ephemeris = null;
        seconds = Best(1, () => ephemeris = FleetEphemeris.Sample(fleet, start, start.AddDays(1), TimeSpan.FromMinutes(1)));
        var megabytes = (GC.GetTotalMemory(true) - before) / 1e6;
        var errors = Enumerable.Range(0, fleet.Length).Select(ephemeris!.PositionErrorKm).Order().ToList();
        Report.Row($"{fleet.Length} satellites, 24 h, a position each minute", $"{megabytes:N0} MB, made in {seconds * 1000:N0} ms");
        Report.Row("stated interpolation error of a position", $"p50 {Report.Percentile(errors, 0.5) * 1e6:N1} mm, p99 {Report.Percentile(errors, 0.99) * 1e6:N1} mm, most {errors[^1] * 1e6:N1} mm");
    }

    private static void Routes(Sgp4Propagator[] fleet, DateTimeOffset start)
    {
        var batch = new Sgp4Batch(fleet);
        var stations = Stations();
        var step = 0;
        FleetTopology? topology = null;
        var times = Enumerable.Range(0, 60).Select(_ => Best(1, () => topology = FleetTopology.At(batch, stations, new TopologyRules(), start.AddMinutes(step++)))).Skip(10).Order().ToList();
        var reached = topology!.Routes.Count(route => route.Station >= 0);
        Report.Row(
            $"links and routes to the ground, one step ({topology.Links.Count} links, {reached} satellites with a route)",
            $"p50 {Report.Percentile(times, 0.5) * 1000:N1} ms, p99 {Report.Percentile(times, 0.99) * 1000:N1} ms");
    }

    private static PassSite[] Stations() => [.. FleetConfiguration.Default.GroundStations.Select(s => new PassSite(s.Site, s.ElevationMaskDeg))];

    /// <summary>Sites spread evenly over the Earth between 60° south and north, on a golden spiral.</summary>
    private static GeoPoint[] Places() =>
    [
        .. Enumerable.Range(0, Sites).Select(i => new GeoPoint(
            double.RadiansToDegrees(Math.Asin(0.866 * ((2 * (i + 0.5) / Sites) - 1))), (i * 137.507_764 % 360) - 180)),
    ];

    /// <summary>Seconds of the fastest of some runs.</summary>
    private static double Best(int runs, Action work) => Enumerable.Range(0, runs).Min(_ =>
    {
        var began = TimeProvider.System.GetTimestamp();
        work();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    });
}
