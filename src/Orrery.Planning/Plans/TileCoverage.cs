namespace Orrery.Planning;

/// <summary>One tile of a spatial plan as its result reaches the ground.</summary>
/// <param name="Stage">Its stage.</param>
/// <param name="SatelliteId">NORAD number.</param>
/// <param name="Share">Of the area, 0–1.</param>
/// <param name="SeenTo">When all of it has been seen.</param>
/// <param name="DeliveredAt">When its result is on the ground.</param>
/// <param name="Covered">Of the area, 0–1: what is on the ground by then.</param>
public sealed record TileCoverage(int Stage, int SatelliteId, double Share, DateTimeOffset SeenTo, DateTimeOffset DeliveredAt, double Covered);
