using Orrery.Orbits;
using Orrery.Planning.Catalog;

namespace Orrery.Planning.Placement;

/// <summary>The satellites that may run a stage.</summary>
/// <param name="Considered">Those that the search looks at.</param>
/// <param name="Usable">How many there are, those that the search leaves out included.</param>
/// <param name="Expired">NORAD numbers of those whose elements do not hold until the plan's horizon.</param>
internal sealed record CandidateSelection(IReadOnlyList<TrackedSatellite> Considered, int Usable, IReadOnlyList<int> Expired)
{
    public static CandidateSelection Of(PlanningInput input, ContactCatalog catalog, PlanningOptions options, BlockRange range)
    {
        var allowed = input.Fleet.Satellites.Where(satellite => !input.AvoidSatellites.Contains(satellite.Elements.NoradId)).ToList();
        var access = new AccessEstimate(input.Fleet.Stations);
        var ranked = allowed.Count <= options.MaxCandidates
            ? allowed
            : [.. allowed.OrderByDescending(satellite => access.Of(satellite.Elements) * satellite.Bus.TflopsSun)
                .ThenBy(satellite => satellite.Elements.NoradId)];
        var considered = new List<TrackedSatellite>();
        var expired = new List<int>();
        foreach (var satellite in ranked)
        {
            if (considered.Count == options.MaxCandidates)
                break;
            var tracked = new TrackedSatellite(satellite);
            if (double.IsPositiveInfinity(catalog.ValidUntil(tracked, range, input.Fleet.Configuration)))
                considered.Add(tracked);
            else
                expired.Add(tracked.NoradId);
        }

        return new(considered, allowed.Count - expired.Count, expired);
    }
}

/// <summary>The part of time in which a satellite is over stations, estimated from its orbit's shape alone.</summary>
internal sealed class AccessEstimate(IReadOnlyList<GroundStation> stations)
{
    private const double EarthRadiusKm = 6_378.137;
    private const double EarthMu = 398_600.4418;
    private const double SecondsPerDay = 86_400;
    private const int Samples = 24;

    /// <summary>Of the latitudes on the way around an orbit at right angles to the equator.</summary>
    private static readonly double[] Sines = [.. Enumerable.Range(0, Samples).Select(i => Math.Sin(Math.Tau * (i + 0.5) / Samples))];

    private readonly (double Sin, double Cos)[] latitudes = [.. stations.Select(station => Math.SinCos(double.DegreesToRadians(station.LatitudeDeg)))];

    public double Of(ElementSet elements)
    {
        var axis = Math.Cbrt(EarthMu * Math.Pow(SecondsPerDay / (elements.MeanMotionRevPerDay * Math.Tau), 2));
        var horizon = Math.Acos(Math.Min(1, EarthRadiusKm / axis));
        var sinInclination = Math.Sin(double.DegreesToRadians(elements.InclinationDeg));
        var cosHorizon = Math.Cos(horizon);
        var share = 0.0;
        for (var i = 0; i < Samples; i++)
        {
            var sinBelow = sinInclination * Sines[i];
            var cosBelow = Math.Sqrt(1 - (sinBelow * sinBelow));
            foreach (var (sin, cos) in latitudes)
            {
                share += Math.Acos(Math.Clamp((cosHorizon - (sin * sinBelow)) / (cos * cosBelow), -1, 1));
            }
        }

        return share / (Math.PI * Samples);
    }
}
