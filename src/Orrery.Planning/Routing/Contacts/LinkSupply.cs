namespace Orrery.Planning.Routing.Contacts;

/// <summary>All contacts from one node to another taken together: their rates add up, their delay is the greatest among them.</summary>
internal sealed class LinkSupply
{
    /// <summary>MB that a sum of volumes may be wrong by: what a piece just carries does not wait for the next.</summary>
    private const double Rounding = 1e-9;

    private readonly RatePiece[] pieces;
    private readonly double[] before;

    /// <param name="from">Node that sends.</param>
    /// <param name="to">Node that receives.</param>
    /// <param name="rates">What is free of each contact.</param>
    /// <param name="delayS">Seconds.</param>
    public LinkSupply(int from, int to, IReadOnlyList<IReadOnlyList<RatePiece>> rates, double delayS)
    {
        (From, To, DelayS) = (from, to, delayS);
        pieces = rates.Count == 1 ? [.. rates[0]] : Sum([.. rates.SelectMany(rate => rate)]);
        before = new double[pieces.Length + 1];
        for (var i = 0; i < pieces.Length; i++)
            before[i + 1] = before[i] + ((pieces[i].End - pieces[i].Start) * pieces[i].MbPerS);
    }

    public int From { get; }

    public int To { get; }

    public double DelayS { get; }

    /// <summary>The earliest time by which a volume that is ready at a time is sent; +∞ when it never is.</summary>
    public double Finish(double ready, double mb)
    {
        var i = Array.FindIndex(pieces, piece => piece.End > ready);
        if (i < 0)
            return double.PositiveInfinity;
        var target = before[i] + (Math.Max(0, ready - pieces[i].Start) * pieces[i].MbPerS) + mb;
        for (; i < pieces.Length; i++)
        {
            if (before[i + 1] >= target - Rounding)
                return Math.Max(ready, Math.Min(pieces[i].End, pieces[i].Start + ((target - before[i]) / pieces[i].MbPerS)));
        }

        return double.PositiveInfinity;
    }

    /// <summary>Adds up rates that may hold at the same time: each begins and ends as an event.</summary>
    private static RatePiece[] Sum(List<RatePiece> all)
    {
        var events = all.SelectMany(p => new[] { (Time: p.Start, Change: p.MbPerS), (Time: p.End, Change: -p.MbPerS) }).OrderBy(e => e.Time);
        var sum = new List<RatePiece>();
        var (rate, open, last) = (0.0, 0, double.NaN);
        foreach (var (time, change) in events)
        {
            if (open > 0 && time > last)
                sum.Add(new(last, time, rate));
            open += change > 0 ? 1 : -1;
            rate = open == 0 ? 0 : rate + change;
            last = time;
        }

        return [.. sum];
    }
}
