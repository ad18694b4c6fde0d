namespace Orrery.Orbits;

/// <summary>Two satellites in sight and in range of each other, cut by the interval that was asked for; UTC, to 0.1 s or better.</summary>
/// <param name="Start">When both conditions begin to hold.</param>
/// <param name="End">When one of them ends.</param>
/// <param name="MinRangeKm">Least distance within the window.</param>
/// <param name="StartClipped">The window was already open when the interval began.</param>
/// <param name="EndClipped">The window is still open when the interval, or the validity of the elements, ends.</param>
public sealed record IslWindow(DateTimeOffset Start, DateTimeOffset End, double MinRangeKm, bool StartClipped, bool EndClipped);
