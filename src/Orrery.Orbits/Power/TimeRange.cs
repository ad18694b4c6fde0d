namespace Orrery.Orbits;

/// <summary>A time, UTC.</summary>
public readonly record struct TimeRange(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>What is left of a time without others.</summary>
    /// <param name="whole">The time.</param>
    /// <param name="without">In any order; they may overlap.</param>
    public static IReadOnlyList<TimeRange> Except(TimeRange whole, IEnumerable<TimeRange> without)
    {
        var left = new List<TimeRange>();
        var from = whole.Start;
        foreach (var range in without.Where(r => r.End > whole.Start && r.Start < whole.End && r.End > r.Start).OrderBy(r => r.Start))
        {
            if (range.Start > from)
                left.Add(new(from, range.Start));
            if (range.End > from)
                from = range.End;
        }

        if (from < whole.End)
            left.Add(new(from, whole.End));
        return left;
    }
}
