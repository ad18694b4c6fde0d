namespace Orrery.Orbits;

/// <summary>Finds every span in which a margin is positive.</summary>
/// <remarks>
/// Each step is the longest that value, rate and the bound on curvature prove free of a zero, so a step may span a third of an orbit yet no span
/// longer than <see cref="LeastStep"/> is jumped over. Near a zero the steps shrink as Newton's do.
/// </remarks>
internal static class MarginScanner
{
    private const double LeastStep = 0.01;
    private const double GreatestStep = 3_600;
    private const double RootTolerance = 0.0005;

    public static List<MarginSpan> Find<T>(T margin, double from, double to)
        where T : IMargin
    {
        var spans = new List<MarginSpan>();
        var time = from;
        if (!margin.TryEvaluate(time, out var value, out var rate))
            return spans;
        double? opened = value > 0 ? from : null;
        while (time < to)
        {
            var next = Math.Min(to, time + SafeStep(margin, value, rate));
            if (!TryReach(margin, time, ref next, out var nextValue, out var nextRate))
                break;
            if (nextValue > 0 != value > 0)
            {
                var root = Root(margin, time, value, next, nextValue);
                if (opened is { } start)
                    spans.Add(new(start, root, start <= from, false));
                opened = opened is null ? root : null;
            }

            (time, value, rate) = (next, nextValue, nextRate);
        }

        if (opened is { } open && time > open)
            spans.Add(new(open, time, open <= from, true));
        return spans;
    }

    /// <summary>Shortens a step that leads where the margin has no value; false when no step is left.</summary>
    private static bool TryReach<T>(T margin, double time, ref double next, out double value, out double rate)
        where T : IMargin
    {
        while (!margin.TryEvaluate(next, out value, out rate))
        {
            if (next - time <= LeastStep)
                return false;
            next = time + ((next - time) / 2);
        }

        return true;
    }

    /// <summary>The positive root of |value| + rate·h towards zero under the greatest curvature.</summary>
    private static double SafeStep<T>(T margin, double value, double rate)
        where T : IMargin
    {
        var distance = Math.Abs(value);
        var approach = value > 0 ? -rate : rate;
        var curvature = value > 0 ? margin.FallBound : margin.RiseBound;
        var root = Math.Sqrt((approach * approach) + (2 * curvature * distance));
        var step = approach > 0 ? 2 * distance / (approach + root) : (root - approach) / curvature;
        return Math.Clamp(step, LeastStep, GreatestStep);
    }

    private static double Root<T>(T margin, double low, double lowValue, double high, double highValue)
        where T : IMargin
    {
        while (high - low > RootTolerance)
        {
            var share = Math.Clamp(lowValue / (lowValue - highValue), 0.1, 0.9);
            var middle = low + (share * (high - low));
            if (!margin.TryEvaluate(middle, out var value, out _))
                return low;
            if (value > 0 == lowValue > 0)
                (low, lowValue) = (middle, value);
            else
                (high, highValue) = (middle, value);
        }

        return low + ((high - low) / 2);
    }
}
