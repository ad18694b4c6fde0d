namespace Orrery.Server.Fleet;

/// <summary>A satellite of the shared fleet (owner "") or of one user's own.</summary>
internal sealed record SatelliteRow
{
    public const string SharedOwner = "";

    public string Owner { get; init; } = "";
    public int NoradId { get; init; }
    public string Name { get; init; } = "";
    public DateTimeOffset Epoch { get; init; }
    public string BusClass { get; init; } = "";

    /// <summary>The element set as JSON.</summary>
    public string Elements { get; init; } = "";

    public DateTimeOffset UpdatedAt { get; init; }
}
