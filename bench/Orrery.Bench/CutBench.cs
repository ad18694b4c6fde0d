using Orrery.Orbits;
using Orrery.Planning;
using Orrery.Planning.Catalog;
using Orrery.Planning.Placement;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Bench;

/// <summary>The cut of a model into the stages of a given order of satellites: the optimum over all cuts, by dynamic programming.</summary>
internal static class CutBench
{
    private const int Layers = 1_000;
    private const int Stages = 64;
    private const int Count = 200;
    private const int Warmup = 50;

    public static void Run()
    {
        var random = new Random(1);
        var bundled = BundledFleet.Satellites[0];
        var bus = FleetConfiguration.Default.BusClass(bundled.BusClass);
        var fleet = Enumerable.Range(0, Stages).Select(i => new TrackedSatellite(new Orrery.Planning.FleetSatellite(
            bundled.Elements with { NoradId = 90_000 + i, MeanAnomalyDeg = (bundled.Elements.MeanAnomalyDeg + (i * 360.0 / Stages)) % 360 }, bus))).ToList();
        var start = Instant.Of(bundled.Elements.Epoch);
        var network = new ContactNetwork(
            new ContactCatalog(), fleet, new StationSet(FleetConfiguration.Default.GroundStations, 5), FleetConfiguration.Default, new BookedTimes([]), new PlanningOptions())
        {
            Start = start,
            End = start + TimeSpan.FromHours(24).TotalSeconds,
            Objective = PlanObjective.MinLatency,
            Relays = false,
        };
        var problem = new ChainProblem
        {
            Stages = Stages,
            Pieces = [.. Enumerable.Range(0, Layers).Select(_ => new PieceWork(random.NextDouble(), random.NextDouble() * 20, 1))],
            Start = start,
            End = network.End,
            Source = INetwork.Ground,
            InputMb = 10,
            OutputMb = 10,
            Candidates = [.. Enumerable.Range(0, Stages)],
            Allowed = (_, _) => true,
            Used = new HashSet<int>(),
            FastestLinkMbS = ChainSetup.FastestLink(FleetConfiguration.Default),
        };
        int[] order = [.. Enumerable.Range(0, Stages)];
        var times = new double[Count];
        for (var i = -Warmup; i < Count; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            ChainTrace.Of(problem, network, order);
            if (i >= 0)
                times[i] = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        Report.Row($"{Layers:N0} layers cut into {Stages} stages on a given order of satellites, warm", $"p50 {Report.Percentile(times, 0.5):N1} ms, p99 {Report.Percentile(times, 0.99):N1} ms (aim 20 ms)");
    }
}
