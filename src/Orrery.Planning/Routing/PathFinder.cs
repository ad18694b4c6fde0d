using Orrery.Planning.Timeline;

namespace Orrery.Planning.Routing;

/// <summary>Sends data over links one after the other, as early as it goes.</summary>
internal static class PathFinder
{
    /// <summary>Appends a link to a path; null when the link cannot carry the data.</summary>
    public static TransferPath? Over(this TransferPath? path, LinkCurve link, TransferKind kind, int from, int to)
    {
        if (path is null)
            return null;
        var ready = path.Arrival;
        var sent = link.Volume.Finish(ready, path.Mb);
        return double.IsPositiveInfinity(sent)
            ? null
            : path with { Hops = [.. path.Hops, new(link, kind, from, to, ready, sent, sent + link.Volume.DelayAt(sent))] };
    }

    /// <summary>Appends the ground network.</summary>
    public static TransferPath? OverGround(this TransferPath? path, double delayS) => path is null
        ? null
        : path with
        {
            Hops =
            [
                .. path.Hops,
                new(null, TransferKind.Terrestrial, INetwork.Ground, INetwork.Ground, path.Arrival, path.Arrival, path.Arrival + delayS),
            ],
        };
}
