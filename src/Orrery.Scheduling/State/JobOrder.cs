namespace Orrery.Scheduling;

/// <summary>Priority, high first, then age, then id.</summary>
internal sealed class JobOrder : IComparer<JobState>
{
    public static JobOrder Instance { get; } = new();

    public int Compare(JobState? x, JobState? y) => Of(x!, y!);

    public static int Of(JobState left, JobState right)
    {
        if (ReferenceEquals(left, right))
            return 0;
        if (left.Priority != right.Priority)
            return left.Priority > right.Priority ? -1 : 1;
        return left.CreatedTicks != right.CreatedTicks
            ? left.CreatedTicks.CompareTo(right.CreatedTicks)
            : string.CompareOrdinal(left.Id, right.Id);
    }
}

/// <summary>By an instant of the job, then by id.</summary>
internal sealed class InstantOrder(Func<JobState, DateTimeOffset> instant) : IComparer<JobState>
{
    public int Compare(JobState? x, JobState? y)
    {
        var byTime = instant(x!).CompareTo(instant(y!));
        return byTime != 0 ? byTime : string.CompareOrdinal(x!.Id, y!.Id);
    }
}
