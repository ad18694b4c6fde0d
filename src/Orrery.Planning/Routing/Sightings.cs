using System.Security.Cryptography;
using System.Text;
using Orrery.Orbits;
using Orrery.Planning.Catalog;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing;

/// <summary>Another satellite that is seen, and what the link to it is like.</summary>
/// <param name="Satellite">Its index.</param>
/// <param name="MbPerS">MB per second.</param>
/// <param name="DelayS">Seconds.</param>
internal readonly record struct Sighting(int Satellite, double MbPerS, double DelayS);

/// <summary>
/// Who sees whom in a large fleet, in steps of time: to look for ways over many satellites without the whole curve of every link. What is
/// found is sent over the curves before it counts.
/// </summary>
internal sealed class Sightings(ContactCatalog catalog, IReadOnlyList<TrackedSatellite> fleet, FleetConfiguration configuration, BlockRange range)
{
    private const double StepS = 20;

    /// <summary>Where so few are seen it is worth to wait for others: looked for this often, and no farther ahead than <see cref="AheadS"/>.</summary>
    private const int Few = 3;
    private const double LaterS = 300;
    private const double AheadS = 5400;
    private const double MegabitsPerMegabyte = 8;

    private readonly FleetLinks links = configuration.Links;
    private readonly IslLimits limits = configuration.InterSatelliteLink;
    private readonly Dictionary<long, List<Sighting>[]> steps = [];
    private readonly string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', fleet.Select(satellite => satellite.Fingerprint)))));

    /// <summary>
    /// When data that is ready on a satellite would be on those that it sees at that time, and if these are few, on those that it sees in the
    /// hour and a half after it. One may come several times.
    /// </summary>
    /// <param name="satellite">Its index.</param>
    /// <param name="ready">Seconds since 1970.</param>
    /// <param name="mb">MB.</param>
    /// <param name="onward">To which they are appended.</param>
    public void Onward(int satellite, double ready, double mb, List<(int Place, double Arrival)> onward)
    {
        var now = Of(satellite, ready);
        Add(now, ready, mb, onward);
        if (now.Count >= Few)
            return;
        for (var later = (Math.Floor(ready / LaterS) + 1) * LaterS; later < ready + AheadS && later < range.End; later += LaterS)
            Add(Of(satellite, later), later, mb, onward);
    }

    private static void Add(List<Sighting> seen, double time, double mb, List<(int Place, double Arrival)> onward)
    {
        foreach (var one in seen)
            onward.Add((one.Satellite, time + (mb / one.MbPerS) + one.DelayS));
    }

    private List<Sighting> Of(int satellite, double time)
    {
        var step = (long)Math.Floor(time / StepS);
        if (!steps.TryGetValue(step, out var all))
        {
            all = catalog.Sightings(key, links.InterSatelliteRules, step, () => At((step + 0.5) * StepS));
            steps.Add(step, all);
        }

        return all[satellite];
    }

    private List<Sighting>[] At(double time)
    {
        var seen = fleet.Select(_ => new List<Sighting>()).ToArray();
        if (time < range.Start || time >= range.End)
            return seen;
        var at = Instant.At(time);
        var tracks = fleet.Select(satellite => catalog.Track(satellite, BlockRange.BlockOf(time), configuration)).ToList();
        var positions = tracks.ConvertAll(track => double.IsFinite(track.ValidUntil) ? default : track.Ephemeris.Teme(at).Position);
        var dark = tracks.ConvertAll(track => track.InUmbra(time));
        for (var a = 0; a < positions.Count; a++)
        {
            for (var b = a + 1; b < positions.Count; b++)
            {
                var km = (positions[a] - positions[b]).Length;
                if (km > limits.MaxRangeKm || !LineOfSight.IsClear(positions[a], positions[b], Wgs84.EquatorialRadiusKm + limits.ClearanceKm))
                    continue;
                var rate = links.InterSatelliteMbps(km) * (dark[a] || dark[b] ? links.UmbraFactor : 1) / MegabitsPerMegabyte;
                var delay = links.InterSatelliteDelaySeconds(km);
                seen[a].Add(new(b, rate, delay));
                seen[b].Add(new(a, rate, delay));
            }
        }

        return seen;
    }
}
