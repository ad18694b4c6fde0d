namespace Orrery.Orbits;

/// <summary>A vector of three doubles; its frame and unit are said where it is used.</summary>
public readonly record struct Vector3d(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this, this));

    public static double Dot(in Vector3d a, in Vector3d b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    public static Vector3d operator +(in Vector3d a, in Vector3d b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector3d operator -(in Vector3d a, in Vector3d b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector3d operator *(double k, in Vector3d a) => new(k * a.X, k * a.Y, k * a.Z);
}
