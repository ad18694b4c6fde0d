namespace Orrery.Planning.Timeline;

/// <summary>One opening of a link.</summary>
/// <param name="Ends">The two ends, e.g. <c>25544-48274</c> or <c>25544-svalbard</c>.</param>
/// <param name="Station">The station's id; null between satellites.</param>
/// <param name="Start">Seconds since 1970.</param>
/// <param name="End">Seconds since 1970.</param>
internal sealed record Contact(string Ends, string? Station, double Start, double End)
{
    public string Name => $"{Ends}@{Instant.Text(Start)}";
}

/// <summary>MB over a link by time; the tag of a cell is the index of its contact.</summary>
internal sealed record LinkCurve(Curve Volume, IReadOnlyList<Contact> Contacts)
{
    public static LinkCurve None { get; } = new(Curve.Empty, []);

    /// <summary>Whether one of its contacts is open in a time.</summary>
    public bool IsOpenIn(Interval time) => IsOpenTo(null, time);

    /// <summary>Whether one of its contacts with a station is open in a time; null: with any.</summary>
    public bool IsOpenTo(string? station, Interval time)
    {
        foreach (var contact in Contacts)
        {
            if (contact.Start < time.End && time.Start < contact.End && (station is null || contact.Station == station))
                return true;
        }

        return false;
    }

    public LinkCurve Without(IReadOnlyList<Interval> taken) => taken.Count == 0 ? this : this with { Volume = Volume.Without(taken) };
}
