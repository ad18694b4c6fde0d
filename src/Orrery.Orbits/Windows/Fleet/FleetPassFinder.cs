namespace Orrery.Orbits;

/// <summary>Finds every pass of many satellites over many sites: what <see cref="PassFinder"/> finds, from states propagated eight at once.</summary>
/// <remarks>
/// Rise and set are found with SGP4 itself, to a millisecond of the orbit; no pass longer than 0.01 s is missed. Satellites in deep space,
/// and those whose propagation fails within the interval, are left to <see cref="PassFinder"/>.
/// </remarks>
public static class FleetPassFinder
{
    /// <summary>Passes between two times, by satellite, then site, then time.</summary>
    /// <param name="satellites">The satellites.</param>
    /// <param name="sites">The sites with their masks.</param>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC; a satellite's search ends earlier where its propagation fails.</param>
    /// <param name="parallelism">Threads, 1 or more; −1 for as many as there are cores.</param>
    /// <exception cref="ArgumentException">The end is before the start.</exception>
    public static IReadOnlyList<FleetPass> Find(
        IReadOnlyList<Sgp4Propagator> satellites, IReadOnlyList<PassSite> sites, DateTimeOffset start, DateTimeOffset end, int parallelism = -1)
    {
        var clock = new SampleClock(start, end);
        var found = new List<FleetPass>[satellites.Count];
        Parallel.For(
            0,
            satellites.Count,
            new ParallelOptions { MaxDegreeOfParallelism = parallelism },
            () => new Search(clock),
            (i, _, search) =>
            {
                found[i] = search.Of(i, satellites[i], sites);
                return search;
            },
            _ => { });
        return [.. found.SelectMany(passes => passes)];
    }

    /// <summary>What one thread uses for one satellite after the other.</summary>
    private sealed class Search(SampleClock clock)
    {
        private readonly EarthFixedSamples samples = new(clock);
        private readonly PassSpans spans = new(clock);

        public List<FleetPass> Of(int index, Sgp4Propagator satellite, IReadOnlyList<PassSite> sites)
        {
            var passes = new List<FleetPass>();
            if (satellite.IsDeepSpace || !samples.TrySample(satellite))
            {
                for (var i = 0; i < sites.Count; i++)
                {
                    passes.AddRange(PassFinder.Find(satellite, sites[i].Site, sites[i].MinElevationDeg, clock.Start, clock.End)
                        .Select(pass => new FleetPass(index, i, pass)));
                }

                return passes;
            }

            var exact = new ExactTrack(satellite, clock.Start, clock.End);
            for (var i = 0; i < sites.Count; i++)
            {
                foreach (var (start, end) in spans.Find(samples, exact, sites[i]))
                    passes.Add(new(index, i, PassDescription.Of(samples, sites[i].Site, start, end)));
            }

            return passes;
        }
    }
}
