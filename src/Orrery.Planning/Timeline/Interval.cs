namespace Orrery.Planning.Timeline;

/// <summary>A time from start to end, seconds since 1970.</summary>
internal readonly record struct Interval(double Start, double End)
{
    /// <summary>Its part in another; not after its start when there is none.</summary>
    public Interval In(Interval other) => new(Math.Max(Start, other.Start), Math.Min(End, other.End));

    /// <summary>The same times in order, with those that touch or overlap joined.</summary>
    public static List<Interval> Union(IEnumerable<Interval> intervals)
    {
        var union = new List<Interval>();
        foreach (var interval in intervals.Where(interval => interval.End > interval.Start).OrderBy(interval => interval.Start))
        {
            if (union.Count > 0 && interval.Start <= union[^1].End)
                union[^1] = union[^1] with { End = Math.Max(union[^1].End, interval.End) };
            else
                union.Add(interval);
        }

        return union;
    }
}
