namespace Orrery.Orbits;

/// <summary>The way on which a satellite's data reaches the ground first, at one time.</summary>
/// <param name="Station">Index of the station; −1 when there is no way.</param>
/// <param name="NextSatellite">The next satellite on the way; −1 when the station is next, or there is no way.</param>
/// <param name="DelaySeconds">Until arrival; +∞ when there is no way.</param>
/// <param name="Hops">Links on the way, the last one to the ground included.</param>
public readonly record struct GroundRoute(int Station, int NextSatellite, double DelaySeconds, int Hops)
{
    /// <summary>No way.</summary>
    public static GroundRoute None { get; } = new(-1, -1, double.PositiveInfinity, 0);
}
