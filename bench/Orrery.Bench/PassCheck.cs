using Orrery.Orbits;

namespace Orrery.Bench;

/// <summary>Compares the fleet's passes with a look every second and bisection, on a random sample with a fixed seed.</summary>
internal static class PassCheck
{
    private const int Seed = 20_261_125;
    private const double Tolerance = 0.1;
    private const int Seconds = 86_400;

    public static void Run(Sgp4Propagator[] fleet, DateTimeOffset start, int count)
    {
        var random = new Random(Seed);
        Sgp4Propagator[] satellites = [.. Enumerable.Range(0, count).Select(_ => fleet[random.Next(fleet.Length)])];
        PassSite[] stations = [.. FleetConfiguration.Default.GroundStations.Select(s => new PassSite(s.Site, s.ElevationMaskDeg))];
        var found = FleetPassFinder.Find(satellites, stations, start, start.AddSeconds(Seconds)).ToLookup(p => (p.Satellite, p.Site));
        var (expected, missed, worst, extra) = (0, 0, 0.0, 0);
        var gate = new Lock();
        Parallel.For(0, satellites.Length, s =>
        {
            var looks = Looks(satellites[s], start);
            for (var i = 0; i < stations.Length; i++)
            {
                var plain = Plain(satellites[s], looks, stations[i], start);
                var ours = found[(s, i)].Select(p => ((p.Pass.Rise - start).TotalSeconds, (p.Pass.Set - start).TotalSeconds)).ToList();
                lock (gate)
                {
                    expected += plain.Count;
                    extra += ours.Count(o => o.Item2 - o.Item1 > 2 && !plain.Exists(p => Off(p, o) <= Tolerance));
                    foreach (var window in plain)
                    {
                        var off = ours.Select(o => Off(window, o)).DefaultIfEmpty(double.PositiveInfinity).Min();
                        (missed, worst) = off > Tolerance ? (missed + 1, worst) : (missed, Math.Max(worst, off));
                    }
                }
            }
        });
        Report.Row(
            $"against a look every second, {count} random satellites × {stations.Length} stations, 24 h ({expected} windows, seed {Seed})",
            $"{missed} missed or off by more than {Tolerance} s, {extra} that it lacks, worst end {worst * 1000:N1} ms");
    }

    private static double Off((double Start, double End) a, (double Start, double End) b) => Math.Max(Math.Abs(a.Start - b.Start), Math.Abs(a.End - b.End));

    private static Vector3d[] Looks(Sgp4Propagator satellite, DateTimeOffset start) =>
        [.. Enumerable.Range(0, Seconds + 1).Select(second => Position(satellite, start, second))];

    private static Vector3d Position(Sgp4Propagator satellite, DateTimeOffset start, double seconds)
    {
        var time = start.AddSeconds(seconds);
        satellite.Propagate(time, out var teme, out _);
        return Frames.ToEarthFixed(teme, Frames.Gmst(time));
    }

    private static List<(double Start, double End)> Plain(Sgp4Propagator satellite, Vector3d[] looks, PassSite station, DateTimeOffset start)
    {
        var mask = double.DegreesToRadians(station.MinElevationDeg);
        var windows = new List<(double, double)>();
        var up = station.Site.Elevation(looks[0]) > mask;
        var opened = 0.0;
        for (var second = 1; second <= Seconds; second++)
        {
            if (station.Site.Elevation(looks[second]) > mask == up)
                continue;
            var (low, high) = (second - 1.0, (double)second);
            while (high - low > 1e-3)
            {
                var middle = (low + high) / 2;
                if (station.Site.Elevation(Position(satellite, start, middle)) > mask == up)
                    low = middle;
                else
                    high = middle;
            }

            if (up)
                windows.Add((opened, low));
            (up, opened) = (!up, low);
        }

        if (up)
            windows.Add((opened, Seconds));
        return windows;
    }
}
