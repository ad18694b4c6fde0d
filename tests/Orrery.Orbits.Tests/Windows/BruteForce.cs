namespace Orrery.Orbits.Tests;

/// <summary>The plain way to windows: a look every second, and bisection on the condition itself between two looks that differ.</summary>
internal static class BruteForce
{
    public static List<(double Start, double End)> Windows(Func<double, bool> holds, double duration, double step = 1)
    {
        var windows = new List<(double, double)>();
        var before = holds(0);
        var opened = before ? 0.0 : double.NaN;
        for (var time = step; time <= duration; time += step)
        {
            var now = holds(time);
            if (now != before)
            {
                var edge = Edge(holds, time - step, time, before);
                if (now)
                    opened = edge;
                else
                    windows.Add((opened, edge));
            }

            before = now;
        }

        if (before)
            windows.Add((opened, duration));
        return windows;
    }

    /// <summary>Every window that the brute force saw is found with its ends; what is found beside them is shorter than two looks.</summary>
    public static void ShouldMatch(IEnumerable<(double Start, double End)> found, List<(double Start, double End)> expected, double tolerance)
    {
        var (list, seen) = (found.ToList(), expected);
        foreach (var window in seen)
        {
            list.ShouldContain(
                w => Math.Abs(w.Start - window.Start) <= tolerance && Math.Abs(w.End - window.End) <= tolerance,
                $"window {window.Start:F3} – {window.End:F3} s; found {string.Join(", ", list.Select(w => $"{w.Start:F3} – {w.End:F3}"))}");
        }

        foreach (var window in list.Where(w => w.End - w.Start > 2))
            seen.ShouldContain(w => Math.Abs(w.Start - window.Start) <= tolerance, $"found {window.Start:F3} – {window.End:F3} s");
    }

    private static double Edge(Func<double, bool> holds, double low, double high, bool atLow)
    {
        while (high - low > 1e-3)
        {
            var middle = (low + high) / 2;
            if (holds(middle) == atLow)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
