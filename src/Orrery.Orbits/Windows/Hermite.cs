namespace Orrery.Orbits;

/// <summary>Cubic Hermite interpolation of a motion between two states.</summary>
/// <remarks>The error is at most h⁴/384 times the greatest fourth derivative; h⁴/384 · ω⁴r on a circular orbit.</remarks>
internal static class Hermite
{
    /// <param name="p0">Position at the beginning.</param>
    /// <param name="v0">Velocity at the beginning.</param>
    /// <param name="p1">Position at the end.</param>
    /// <param name="v1">Velocity at the end.</param>
    /// <param name="step">Seconds from the beginning to the end.</param>
    /// <param name="s">Share of the step, 0 … 1.</param>
    public static (Vector3d Position, Vector3d Velocity) Between(
        in Vector3d p0, in Vector3d v0, in Vector3d p1, in Vector3d v1, double step, double s)
    {
        var (m0, m1) = (step * v0, step * v1);
        var (s2, s3) = (s * s, s * s * s);
        var chord = p1 - p0;
        var position = p0 + (((3 * s2) - (2 * s3)) * chord) + ((s3 - (2 * s2) + s) * m0) + ((s3 - s2) * m1);
        var slope = (6 * (s - s2) * chord) + (((3 * s2) - (4 * s) + 1) * m0) + (((3 * s2) - (2 * s)) * m1);
        return (position, 1 / step * slope);
    }

    /// <summary>Share of the step, 0 … 1, at which a number that changes its sign is zero: the cubic's root by Newton's method.</summary>
    public static double Root(double f0, double rate0, double f1, double rate1, double step)
    {
        const int Iterations = 4;
        var (m0, m1, chord) = (step * rate0, step * rate1, f1 - f0);
        var s = f0 / (f0 - f1);
        for (var i = 0; i < Iterations; i++)
        {
            var (s2, s3) = (s * s, s * s * s);
            var value = f0 + (((3 * s2) - (2 * s3)) * chord) + ((s3 - (2 * s2) + s) * m0) + ((s3 - s2) * m1);
            var slope = (6 * (s - s2) * chord) + (((3 * s2) - (4 * s) + 1) * m0) + (((3 * s2) - (2 * s)) * m1);
            s = Math.Clamp(s - (value / slope), 0, 1);
        }

        return s;
    }
}
