using System.Diagnostics;
using Orrery.Orbits;

namespace Orrery.Bench;

/// <summary>The same work by python3-sgp4 and python3-skyfield of Debian, or of another Python that a variable names.</summary>
/// <remarks>Debian 12 builds python3-sgp4 without its compiled part; a virtual environment with the package's own wheel has it.</remarks>
internal static class OrbitPeers
{
    private const int SkyfieldSites = 10;
    private static readonly string Python = Environment.GetEnvironmentVariable("ORRERY_BENCH_PYTHON") ?? "/usr/bin/python3";

    public static void Propagation(string file) => Script(
        $$"""
        import time, numpy as np
        from importlib.metadata import version
        from sgp4.api import Satrec, SatrecArray, accelerated
        lines = [line for line in open({{file.Quoted()}}).read().splitlines() if line[:2] in ('1 ', '2 ')]
        fleet = SatrecArray([Satrec.twoline2rv(a, b) for a, b in zip(lines[::2], lines[1::2])])
        count = len(lines) // 2
        times = 100
        jd = np.full(times, 2460650.5)
        fr = np.arange(times) / 1440.0
        best = 1e9
        for _ in range(20 if accelerated else 2):
            began = time.perf_counter()
            fleet.sgp4(jd, fr)
            best = min(best, time.perf_counter() - began)
        print(f"| peer: sgp4 {version('sgp4')} SatrecArray, compiled: {accelerated} | {count * times / best / 1e6:.2f} million states a second |")
        """);

    public static void Passes(IReadOnlyList<GeoPoint> places)
    {
        var (one, two) = Lines(BundledFleet.Satellites[0].Elements);
        var start = BundledFleet.NewestEpoch;
        var sites = string.Join(", ", places.Take(SkyfieldSites).Select(p => $"({p.LatitudeDeg:R}, {p.LongitudeDeg:R})"));
        Script(
            $$"""
            import time, skyfield
            from skyfield.api import EarthSatellite, load, wgs84
            ts = load.timescale(builtin=True)
            sat = EarthSatellite({{one.Quoted()}}, {{two.Quoted()}}, 'ISS', ts)
            t0 = ts.utc({{start.Year}}, {{start.Month}}, {{start.Day}}, {{start.Hour}}, {{start.Minute}}, {{start.Second}})
            t1 = ts.tt_jd(t0.tt + 1.0)
            sites = [wgs84.latlon(a, b) for a, b in [{{sites}}]]
            best, passes = 1e9, 0
            for _ in range(3):
                began = time.perf_counter()
                passes = sum(int((sat.find_events(s, t0, t1, altitude_degrees=10.0)[1] == 0).sum()) for s in sites)
                best = min(best, time.perf_counter() - began)
            print(f"| peer: skyfield {'.'.join(map(str, skyfield.VERSION))} find_events, ISS over {{SkyfieldSites}} of the sites, 24 h ({passes} rises) | {best * 1000:.0f} ms |")
            """);
    }

    private static string Quoted(this string text) => $"'{text}'";

    private static (string One, string Two) Lines(ElementSet elements)
    {
        var lines = elements.ToTle().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (lines[^2].TrimEnd(), lines[^1].TrimEnd());
    }

    private static void Script(string code)
    {
        var start = new ProcessStartInfo(Python, ["-"]) { UseShellExecute = false, RedirectStandardInput = true };
        using var python = Process.Start(start)!;
        python.StandardInput.Write(code);
        python.StandardInput.Close();
        python.WaitForExit();
        if (python.ExitCode != 0)
            Report.Row("peer", $"not measured: {Python} failed; it needs sgp4 and skyfield");
    }
}
