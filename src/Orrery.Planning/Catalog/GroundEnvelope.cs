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

    /// <summary>The same within a time when stations are taken at times: only these are combined anew.</summary>
    /// <param name="all">Of the stations as they are when nothing is taken.</param>
    /// <param name="stations">The same stations, in the same order, with the times at which each is taken.</param>
    /// <param name="time">What is before or after it is not asked for: where nothing is taken in it, it may be there all the same.</param>
    public static LinkCurve Without(LinkCurve all, IEnumerable<(LinkCurve Link, IReadOnlyList<Interval> Taken)> stations, Interval time)
    {
        var open = stations.Where(station => station.Link.Volume.Cells.Length > 0).ToList();
        var touched = Interval.Union(open.SelectMany(station => station.Taken.Where(station.Link.IsOpenIn)).Select(taken => taken.In(time)));
        if (touched.Count == 0)
            return all;
        var offsets = new int[open.Count];
        for (var i = 1; i < open.Count; i++)
            offsets[i] = offsets[i - 1] + open[i - 1].Link.Contacts.Count;
        var cells = new List<Cell>();
        var from = time.Start;
        foreach (var taken in touched)
        {
            all.Volume.AddTo(cells, new(from, taken.Start));
            var left = open.ConvertAll(station => new LinkCurve(new Curve(station.Link.Volume.Within(taken)).Without(station.Taken), []));
            var edges = Edges(left);
            var places = new int[left.Count];
            for (var t = 0; t + 1 < edges.Length; t++)
            {
                if (Fastest(left, places, edges[t], edges[t + 1], offsets) is { } cell)
                    cells.Add(cell);
            }

            from = taken.End;
        }

        all.Volume.AddTo(cells, new(from, time.End));
        return all with { Volume = new([.. cells]) };
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
