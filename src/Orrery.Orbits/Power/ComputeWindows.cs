namespace Orrery.Orbits;

/// <summary>When a satellite can compute: outside hazards, at full load in sun and in umbra, while the battery stays above its reserve.</summary>
public static class ComputeWindows
{
    /// <summary>A pause at the reserve ends when the battery has this part of its usable charge again. Chosen: short starts wear and help nobody.</summary>
    private const double ResumeFraction = 0.2;

    /// <summary>Longest step of the balance, seconds: the ends of a window are as sharp as that or sharper.</summary>
    private const double StepSeconds = 10;

    /// <summary>Windows in order.</summary>
    /// <param name="bus">Power and battery.</param>
    /// <param name="range">The time looked at; the battery is full at its start.</param>
    /// <param name="eclipses">In order; in penumbra the generation is half: the mean of its linear fall.</param>
    /// <param name="hazards">Times in which nothing computes, such as <see cref="AnomalyFinder"/>'s.</param>
    public static IReadOnlyList<TimeRange> Of(
        BusClass bus, TimeRange range, IReadOnlyList<EclipseWindow> eclipses, IEnumerable<TimeRange> hazards)
    {
        var battery = Battery.Of(bus);
        var resume = battery.ReserveWh + (ResumeFraction * (battery.CapacityWh - battery.ReserveWh));
        var (charge, paused, low) = (battery.CapacityWh, false, new List<TimeRange>());
        var blocked = hazards.ToList();
        foreach (var step in Steps(range, eclipses, blocked))
        {
            var middle = step.Start + ((step.End - step.Start) / 2);
            var sun = VisibleFraction(middle, eclipses);
            var hazard = blocked.Exists(h => h.Start <= middle && middle < h.End);
            paused = paused ? charge < resume : charge <= battery.ReserveWh;
            var load = Load(bus, sun, !hazard && !paused);
            var next = battery.Charge(charge, [new((step.End - step.Start).TotalSeconds, sun * bus.SolarW, load)]).Single();
            if (!paused && next < battery.ReserveWh)
            {
                paused = true;
                next = battery.Charge(charge, [new((step.End - step.Start).TotalSeconds, sun * bus.SolarW, bus.IdleW)]).Single();
            }

            if (paused)
                low.Add(step);
            charge = next;
        }

        return TimeRange.Except(range, blocked.Concat(low));
    }

    private static double Load(BusClass bus, double sun, bool computes) =>
        bus.IdleW + (!computes ? 0 : sun > 0 ? bus.ComputeW : bus.ComputeUmbraW);

    private static double VisibleFraction(DateTimeOffset time, IReadOnlyList<EclipseWindow> eclipses)
    {
        foreach (var eclipse in eclipses)
        {
            if (eclipse.PenumbraStart <= time && time < eclipse.PenumbraEnd)
                return eclipse.UmbraStart <= time && time < eclipse.UmbraEnd ? 0 : 0.5;
        }

        return 1;
    }

    private static IEnumerable<TimeRange> Steps(TimeRange range, IReadOnlyList<EclipseWindow> eclipses, List<TimeRange> hazards)
    {
        var edges = eclipses
            .SelectMany(e => new[] { e.PenumbraStart, e.UmbraStart ?? e.PenumbraStart, e.UmbraEnd ?? e.PenumbraEnd, e.PenumbraEnd })
            .Concat(hazards.SelectMany(h => new[] { h.Start, h.End }))
            .Where(time => time > range.Start && time < range.End)
            .Append(range.End)
            .Distinct()
            .Order();
        var from = range.Start;
        foreach (var edge in edges)
        {
            var cells = Math.Max(1, (int)Math.Ceiling((edge - from).TotalSeconds / StepSeconds));
            for (var i = 0; i < cells; i++)
                yield return new(from + ((edge - from) * i / cells), from + ((edge - from) * (i + 1) / cells));
            from = edge;
        }
    }
}
