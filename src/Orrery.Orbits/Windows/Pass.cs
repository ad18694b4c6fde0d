namespace Orrery.Orbits;

/// <summary>A satellite above a site's mask, cut by the interval that was asked for; UTC, to 0.1 s or better.</summary>
/// <param name="Rise">When the elevation reaches the mask, or the interval's start.</param>
/// <param name="Peak">When the elevation is greatest within the pass.</param>
/// <param name="Set">When the elevation leaves the mask, or the interval's end.</param>
/// <param name="PeakElevationDeg">Elevation at <paramref name="Peak"/>.</param>
/// <param name="RiseAzimuthDeg">From north through east, 0 … 360.</param>
/// <param name="SetAzimuthDeg">From north through east, 0 … 360.</param>
/// <param name="RiseClipped">The satellite was already up when the interval began.</param>
/// <param name="SetClipped">The satellite is still up when the interval, or the validity of its elements, ends.</param>
public sealed record Pass(
    DateTimeOffset Rise,
    DateTimeOffset Peak,
    DateTimeOffset Set,
    double PeakElevationDeg,
    double RiseAzimuthDeg,
    double SetAzimuthDeg,
    bool RiseClipped,
    bool SetClipped);
