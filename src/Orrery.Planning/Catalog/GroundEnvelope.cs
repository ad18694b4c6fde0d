using Orrery.Planning.Timeline;

namespace Orrery.Planning.Catalog;

/// <summary>Combines a satellite's links to all stations: at each moment the fastest one, one station at a time.</summary>
internal static class GroundEnvelope
{
    public static LinkCurve Of(IReadOnlyList<LinkCurve> stations)
    {
        var open = stations.Where(station => station.Volume.Cells.Length > 0).ToList();
        if (open.Count <= 1)
            return open.Count == 0 ? LinkCurve.None : open[0];
        var contacts = open.SelectMany(station => station.Contacts).ToList();
        var firstContact = new int[open.Count];
        for (var i = 1; i < open.Count; i++)
            firstContact[i] = firstContact[i - 1] + open[i - 1].Contacts.Count;
        var times = Edges(open);
        var cells = new List<Cell>(times.Length);
        var next = new int[open.Count];
        for (var t = 0; t + 1 < times.Length; t++)
        {
            if (Fastest(open, next, times[t], times[t + 1], firstContact) is { } cell)
                cells.Add(cell);
        }

        return new(new([.. cells]), contacts);
    }

    /// <summary>When any rate changes, in order, each once.</summary>
    private static ReadOnlySpan<double> Edges(List<LinkCurve> open)
    {
        var times = new double[2 * open.Sum(station => station.Volume.Cells.Length)];
        var count = 0;
        foreach (var station in open)
        {
            foreach (ref readonly var cell in station.Volume.Cells)
            {
                times[count++] = cell.Start;
                times[count++] = cell.End;
            }
        }

        Array.Sort(times);
        var kept = 0;
        foreach (var time in times)
        {
            if (kept == 0 || times[kept - 1] != time)
                times[kept++] = time;
        }

        return times.AsSpan(0, kept);
    }

    private static Cell? Fastest(List<LinkCurve> open, int[] next, double from, double to, int[] firstContact)
    {
        Cell? best = null;
        for (var i = 0; i < open.Count; i++)
        {
            var cells = open[i].Volume.Cells;
            while (next[i] < cells.Length && cells[next[i]].End <= from)
                next[i]++;
            if (next[i] == cells.Length || cells[next[i]].Start >= to)
                continue;
            var cell = cells[next[i]].Cut(from, to);
            if (best is null || cell.Amount > best.Value.Amount)
                best = cell with { Tag = cell.Tag + firstContact[i] };
        }

        return best;
    }
}
