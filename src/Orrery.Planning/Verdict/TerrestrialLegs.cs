using Orrery.Planning.Routing;
using Orrery.Planning.Timeline;

namespace Orrery.Planning.Verdict;

/// <summary>Writes a hop over the ground network: from the stations that received the data to those that send it on.</summary>
internal static class TerrestrialLegs
{
    private const double SmallestMb = 1e-9;

    /// <summary>Matches what came down with what goes up, both in the order of time; what stays at its station needs no leg.</summary>
    public static IEnumerable<PlannedTransfer> Of(Hop hop, IReadOnlyList<PlannedTransfer> down, IReadOnlyList<PlannedTransfer> up)
    {
        var moves = new List<(string From, string To, double Mb)>();
        var (i, j) = (0, 0);
        var (held, wanted) = (down[0].Mb, up[0].Mb);
        while (true)
        {
            var mb = Math.Min(held, wanted);
            moves.Add((down[i].To, up[j].From, mb));
            (held, wanted) = (held - mb, wanted - mb);
            if (held <= SmallestMb && ++i < down.Count)
                held += down[i].Mb;
            if (wanted <= SmallestMb && ++j < up.Count)
                wanted += up[j].Mb;
            if (i == down.Count || j == up.Count)
                break;
        }

        return moves.Where(move => move.From != move.To).GroupBy(move => (move.From, move.To), move => move.Mb)
            .Select(move => Leg(hop, move.Key.From, move.Key.To, move.Sum()));
    }

    private static PlannedTransfer Leg(Hop hop, string from, string to, double mb) => new()
    {
        From = from,
        To = to,
        Mb = mb,
        Start = Instant.At(hop.Ready),
        End = Instant.At(hop.Arrival),
        DelayS = hop.Arrival - hop.Ready,
        Kind = TransferKind.Terrestrial,
        Contact = $"{from}-{to}",
    };
}
