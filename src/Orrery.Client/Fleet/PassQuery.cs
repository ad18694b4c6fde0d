namespace Orrery.Client.Fleet;

/// <summary>Which passes over ground stations; what is null is the server's default.</summary>
public sealed record PassQuery
{
    public DateTimeOffset? From { get; init; }

    public double? Hours { get; init; }

    /// <summary>Id of one ground station; null: all.</summary>
    public string? Station { get; init; }

    /// <summary>Degrees above the horizon.</summary>
    public double? MinElevationDeg { get; init; }
}
