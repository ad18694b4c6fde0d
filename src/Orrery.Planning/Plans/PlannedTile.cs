namespace Orrery.Planning;

/// <summary>The part of an area that one satellite sees in one pass.</summary>
/// <param name="Share">Of the whole area, 0–1.</param>
/// <param name="SeenFrom">When its swath first touches it.</param>
/// <param name="SeenTo">When it has seen all of it: its stage starts no earlier.</param>
/// <param name="Area">Where it is.</param>
public sealed record PlannedTile(double Share, DateTimeOffset SeenFrom, DateTimeOffset SeenTo, GeoArea Area);
