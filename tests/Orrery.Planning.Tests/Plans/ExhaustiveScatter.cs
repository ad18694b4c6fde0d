using Orrery.Planning.Catalog;
using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Tests.Plans;

/// <summary>
/// The earliest end of work that is scattered over satellites and joined on the ground, by trying everything: every
/// choice of satellites, every division of the parts, every order in which the antennas are given, up and down.
/// </summary>
internal static class ExhaustiveScatter
{
    /// <returns>Seconds since 1970; +∞ when there is no way.</returns>
    public static double Best(PlanningInput input, PlanningOptions options, int count, int parts, double tflop, double inputMb, double outputMb)
    {
        var start = Instant.Of(input.Spec.StartAt);
        var fleet = input.Fleet.Satellites.Select(satellite => new TrackedSatellite(satellite)).ToList();
        var world = new ContactNetwork(
            TestFleet.Catalog, fleet, new StationSet(input.Fleet.Stations, input.Spec.MinElevationDeg), input.Fleet.Configuration, new BookedTimes([]), options)
        {
            Start = start,
            End = start + input.Spec.Horizon.TotalSeconds,
            Objective = input.Spec.Objective,
            Relays = true,
        };
        var best = double.PositiveInfinity;
        foreach (var satellites in Orders([.. Enumerable.Range(0, fleet.Count)], count))
        {
            foreach (var division in Divisions(parts, count))
            {
                foreach (var up in Orders([.. Enumerable.Range(0, count)], count))
                {
                    var after = world.Fork();
                    if (Up(after, start, satellites, division, up, tflop, inputMb) is not { } ends || ends.Max() >= best)
                        continue;
                    foreach (var down in Orders([.. Enumerable.Range(0, count)], count))
                        best = Math.Min(best, Down(after.Fork(), satellites, division, down, ends, outputMb) + options.JoinS);
                }
            }
        }

        return best;
    }

    private static double[]? Up(ContactNetwork world, double start, int[] satellites, int[] division, int[] order, double tflop, double mb)
    {
        var ends = new double[order.Length];
        foreach (var i in order)
        {
            if (world.Route(INetwork.Ground, satellites[i], start, mb * division[i]) is not { } path)
                return null;
            world.Take(path);
            ends[i] = world.Compute(satellites[i]).Tflop.Finish(path.Arrival, tflop * division[i]);
        }

        return ends.All(double.IsFinite) ? ends : null;
    }

    private static double Down(ContactNetwork world, int[] satellites, int[] division, int[] order, double[] ends, double mb)
    {
        var last = 0.0;
        foreach (var i in order)
        {
            if (world.Route(satellites[i], INetwork.Ground, ends[i], mb * division[i]) is not { } path)
                return double.PositiveInfinity;
            world.Take(path);
            last = Math.Max(last, path.Arrival);
        }

        return last;
    }

    private static IEnumerable<int[]> Orders(int[] from, int count) => count == 0
        ? [[]]
        : from.SelectMany(first => Orders([.. from.Where(other => other != first)], count - 1).Select(rest => (int[])[first, .. rest]));

    private static IEnumerable<int[]> Divisions(int parts, int count) => count == 1
        ? [[parts]]
        : Enumerable.Range(1, parts - count + 1).SelectMany(first => Divisions(parts - first, count - 1).Select(rest => (int[])[first, .. rest]));
}
