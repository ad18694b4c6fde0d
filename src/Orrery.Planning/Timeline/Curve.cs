namespace Orrery.Planning.Timeline;

/// <summary>How much can be done by when: a cumulative, never falling function of time, piecewise linear or quadratic. Immutable.</summary>
internal sealed class Curve
{
    private readonly Cell[] cells;
    private readonly double[] starts;
    private readonly double[] before;

    /// <param name="cells">In the order of time, without overlap; where there is none the rate is zero.</param>
    public Curve(Cell[] cells)
    {
        this.cells = cells;
        starts = new double[cells.Length];
        before = new double[cells.Length + 1];
        for (var i = 0; i < cells.Length; i++)
            (starts[i], before[i + 1]) = (cells[i].Start, before[i] + cells[i].Amount);
    }

    public static Curve Empty { get; } = new([]);

    public ReadOnlySpan<Cell> Cells => cells;

    public double Total => before[^1];

    /// <summary>The amount done from the beginning until <paramref name="time"/>.</summary>
    public double At(double time)
    {
        var i = LastStartingBy(time);
        return i < 0 ? 0 : before[i] + cells[i].Until(time);
    }

    /// <summary>The earliest time by which <paramref name="amount"/> is done from the beginning; +∞ when it never is.</summary>
    public double Reach(double amount)
    {
        var i = CellOf(amount);
        return i == cells.Length ? double.PositiveInfinity : cells[i].Reach(amount - before[i]);
    }

    /// <summary>The earliest time by which <paramref name="amount"/> is done when it begins at <paramref name="from"/>; +∞ when it never is.</summary>
    public double Finish(double from, double amount)
    {
        if (amount <= 0 || double.IsPositiveInfinity(from))
            return from;
        var cell = CellOf(from, amount, out var rest);
        return cell == cells.Length ? double.PositiveInfinity : Math.Max(from, cells[cell].Reach(rest));
    }

    /// <summary>The same with the delay of what is finished then.</summary>
    public double Arrival(double from, double amount)
    {
        if (amount <= 0 || double.IsPositiveInfinity(from))
            return from + DelayAt(from);
        var cell = CellOf(from, amount, out var rest);
        if (cell == cells.Length)
            return double.PositiveInfinity;
        var finish = Math.Max(from, cells[cell].Reach(rest));
        return finish + cells[cell > 0 && starts[cell] == finish ? cell - 1 : cell].Delay;
    }

    /// <summary>The delay of what is finished at <paramref name="time"/>, seconds.</summary>
    public double DelayAt(double time)
    {
        var i = LastStartingBy(time);
        return i < 0 ? 0 : cells[i > 0 && cells[i].Start == time ? i - 1 : i].Delay;
    }

    /// <summary>What is done from one time to another: neighbours with the same tag are one piece, idle time is left out.</summary>
    public List<Cell> Pieces(double from, double to)
    {
        var pieces = new List<Cell>();
        for (var i = Math.Max(0, LastStartingBy(from)); i < cells.Length && cells[i].Start < to; i++)
        {
            var part = cells[i].Cut(from, to);
            if (part.Amount <= 0)
                continue;
            if (pieces.Count > 0 && pieces[^1].Tag == part.Tag && part.Start - pieces[^1].End < 1e-6)
                pieces[^1] = part with { Start = pieces[^1].Start, Amount = pieces[^1].Amount + part.Amount };
            else
                pieces.Add(part);
        }

        return pieces;
    }

    /// <summary>The cells in a time, cut to it.</summary>
    public Cell[] Within(Interval time)
    {
        var within = new List<Cell>();
        AddTo(within, time);
        return [.. within];
    }

    /// <summary>Appends the cells in a time, cut to it.</summary>
    public void AddTo(List<Cell> others, Interval time)
    {
        if (time.End <= time.Start)
            return;
        var first = Math.Max(0, LastStartingBy(time.Start));
        if (first < cells.Length && cells[first].End <= time.Start)
            first++;
        var last = LastStartingBy(time.End);
        if (last >= 0 && cells[last].Start >= time.End)
            last--;
        if (last < first)
            return;
        var at = others.Count;
        others.AddRange(cells.AsSpan(first, last - first + 1));
        others[at] = others[at].Cut(time.Start, time.End);
        others[^1] = others[^1].Cut(time.Start, time.End);
    }

    /// <summary>The same without the given times, which are in order and do not overlap.</summary>
    public Curve Without(IReadOnlyList<Interval> taken)
    {
        if (taken.Count == 0)
            return this;
        var kept = new List<Cell>(cells.Length);
        var next = 0;
        foreach (var cell in cells)
        {
            while (next < taken.Count && taken[next].End <= cell.Start)
                next++;
            var from = cell.Start;
            for (var i = next; i < taken.Count && taken[i].Start < cell.End; i++)
            {
                if (taken[i].Start > from)
                    kept.Add(cell.Cut(from, taken[i].Start));
                from = taken[i].End;
            }

            if (from < cell.End)
                kept.Add(from == cell.Start ? cell : cell.Cut(from, cell.End));
        }

        return new([.. kept]);
    }

    private int LastStartingBy(double time)
    {
        int low = 0, high = starts.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (starts[middle] <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    /// <summary>Where <paramref name="amount"/> is done when it begins at a time, and how much of it is left there; mostly in the cell of the beginning or the next.</summary>
    private int CellOf(double from, double amount, out double rest)
    {
        var first = LastStartingBy(from);
        var target = (first < 0 ? 0 : before[first] + cells[first].Until(from)) + amount;
        first = Math.Max(0, first);
        var step = 1;
        while (first + step < cells.Length && before[first + step] < target - 1e-9)
            (first, step) = (first + step, 2 * step);
        var cell = CellOf(target, first, Math.Min(cells.Length, first + step));
        rest = cell == cells.Length ? 0 : target - before[cell];
        return cell;
    }

    private int CellOf(double amount) => CellOf(amount, 0, cells.Length);

    private int CellOf(double amount, int low, int high)
    {
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (before[middle + 1] < amount - 1e-9)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
