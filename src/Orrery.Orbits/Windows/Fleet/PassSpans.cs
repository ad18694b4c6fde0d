namespace Orrery.Orbits;

/// <summary>Finds the spans of one satellite over one site in which the margin is positive, from samples and bounds on the margin's curvature.</summary>
/// <remarks>
/// Between samples a step h apart a function whose second derivative lies within [−F, R] is at most F·h²/8 above and R·h²/8 below its
/// chord. Cells whose ends are both more than F·h²/8 below zero are therefore empty, those whose ends are both more than R·h²/8 above it
/// are full. Where the rates at both ends prove that the margin is monotone, its root is found with SGP4 itself by Newton's method;
/// everywhere else <see cref="MarginScanner"/> goes through the cell in steps that it proves safe.
/// </remarks>
internal sealed class PassSpans(SampleClock clock)
{
    private const double NewtonToleranceSeconds = 0.005;
    private const int NewtonSteps = 4;

    /// <summary>Spans that are closer are one.</summary>
    private const double JoinSeconds = 0.001;

    private readonly NearSamples near = new(clock);
    private readonly List<(double Start, double End)> spans = [];

    /// <summary>Seconds from the clock's start, in order; valid until the next call.</summary>
    public IReadOnlyList<(double Start, double End)> Find(EarthFixedSamples samples, ITrack exact, PassSite place)
    {
        spans.Clear();
        var margin = new ElevationMargin(exact, place.Site, place.MinElevationDeg);
        var eighth = clock.Step * clock.Step / 8;
        if (!near.Mark(samples, place.Site, Math.Sin(double.DegreesToRadians(place.MinElevationDeg)), margin.FallBound * eighth))
            return spans;
        var full = margin.RiseBound * eighth;
        var leastTurn = Math.Max(margin.RiseBound, margin.FallBound) * clock.Step;
        for (var cell = near.NextCell(0); cell >= 0; cell = near.NextCell(cell + 1))
            AddCell(samples, margin, place.Site, cell, full, leastTurn);
        return spans;
    }

    private void AddCell(EarthFixedSamples samples, ElevationMargin margin, GroundSite site, int cell, double full, double leastTurn)
    {
        var (from, to) = (cell * clock.Step, Math.Min(clock.Duration, (cell + 1) * clock.Step));
        var (low, lowRate) = margin.Of(samples.Position(cell) - site.Position, samples.Velocity(cell));
        var (high, highRate) = margin.Of(samples.Position(cell + 1) - site.Position, samples.Velocity(cell + 1));
        if (low > full && high > full)
            Add(from, to);
        else if (lowRate * highRate <= 0 || Math.Abs(lowRate) + Math.Abs(highRate) <= leastTurn)
            Scan(margin, from, to);
        else if (low > 0 != high > 0)
            AddMonotone(margin, from, to, Hermite.Root(low, lowRate, high, highRate, to - from), high > 0);
        else if (low > 0)
            Add(from, to);
    }

    private void AddMonotone(ElevationMargin margin, double from, double to, double share, bool rises)
    {
        var time = from + (share * (to - from));
        for (var i = 0; i < NewtonSteps; i++)
        {
            if (!margin.TryEvaluate(time, out var value, out var rate))
                break;
            var step = value / rate;
            time = Math.Clamp(time - step, from, to);
            if (Math.Abs(step) > NewtonToleranceSeconds)
                continue;
            if (rises)
                Add(time, to);
            else
                Add(from, time);
            return;
        }

        Scan(margin, from, to);
    }

    private void Scan(ElevationMargin margin, double from, double to)
    {
        foreach (var span in MarginScanner.Find(margin, from, to))
            Add(span.Start, span.End);
    }

    private void Add(double start, double end)
    {
        if (spans.Count > 0 && start - spans[^1].End < JoinSeconds)
            spans[^1] = (spans[^1].Start, end);
        else
            spans.Add((start, end));
    }
}
