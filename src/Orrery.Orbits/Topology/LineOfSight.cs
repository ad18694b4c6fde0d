namespace Orrery.Orbits;

/// <summary>Whether the Earth stands between two points.</summary>
public static class LineOfSight
{
    /// <summary>Whether every point of the line between two points is farther from the centre than a radius.</summary>
    /// <param name="a">km from the Earth's centre.</param>
    /// <param name="b">km from the Earth's centre, same frame.</param>
    /// <param name="radiusKm">km.</param>
    public static bool IsClear(in Vector3d a, in Vector3d b, double radiusKm)
    {
        var line = b - a;
        var square = Vector3d.Dot(line, line);
        var share = square > 0 ? Math.Clamp(-Vector3d.Dot(a, line) / square, 0, 1) : 0;
        var nearest = a + (share * line);
        return Vector3d.Dot(nearest, nearest) > radiusKm * radiusKm;
    }
}
