using Orrery.Planning.Timeline;

namespace Orrery.Planning.Catalog;

/// <summary>One opening of a link within one block, with its volume.</summary>
internal sealed record LinkOpening(double Start, double End, Cell[] Cells);

/// <summary>Fills openings with cells on a grid aligned to UTC.</summary>
internal static class LinkBlock
{
    /// <summary>From one sample to the next where a rate changes slowly, seconds.</summary>
    public const double GridS = 10;

    /// <summary>The same through air, whose loss grows fast near the horizon, seconds.</summary>
    public const double FineGridS = 2.5;

    private const double MegabytesPerMegabit = 1 / 8.0;

    /// <summary>Volume of an opening, its rate linear between samples; edges within it are times at which the rate may jump.</summary>
    /// <param name="start">Seconds since 1970.</param>
    /// <param name="end">Seconds since 1970.</param>
    /// <param name="gridS">From one sample to the next, seconds.</param>
    /// <param name="edges">Times at which a factor on the rate jumps.</param>
    /// <param name="sample">Rate (Mbit/s, without the factor) and delay (s) at a time.</param>
    /// <param name="factor">The factor on the rate at a time.</param>
    public static LinkOpening Fill(
        double start, double end, double gridS, IEnumerable<double> edges, Func<double, (double Mbps, double DelayS)> sample, Func<double, double> factor)
    {
        var times = new SortedSet<double>(edges.Where(edge => edge > start && edge < end)) { start, end };
        for (var time = Math.Floor((start / gridS) + 1) * gridS; time < end; time += gridS)
            times.Add(time);
        var cells = new List<Cell>(times.Count);
        var (from, last) = (double.NaN, (Mbps: 0.0, DelayS: 0.0));
        foreach (var time in times)
        {
            var here = sample(time);
            if (time > from)
            {
                var seconds = time - from;
                var scale = MegabytesPerMegabit * factor((from + time) / 2);
                cells.Add(new(from, time, scale * (last.Mbps + here.Mbps) / 2 * seconds, 0, here.DelayS, scale * (here.Mbps - last.Mbps) / seconds));
            }

            (from, last) = (time, here);
        }

        return new(start, end, [.. cells]);
    }

    /// <summary>Joins the blocks of a range: openings that meet at a block's edge are one contact.</summary>
    public static LinkCurve Join(IEnumerable<LinkOpening[]> blocks, string ends, string? station)
    {
        var contacts = new List<Contact>();
        var cells = new List<Cell>();
        foreach (var opening in blocks.SelectMany(block => block))
        {
            if (contacts.Count > 0 && opening.Start - contacts[^1].End < 1e-3)
                contacts[^1] = contacts[^1] with { End = opening.End };
            else
                contacts.Add(new(ends, station, opening.Start, opening.End));
            foreach (var cell in opening.Cells)
                cells.Add(cell with { Tag = contacts.Count - 1 });
        }

        return new(new([.. cells]), contacts);
    }
}
