namespace Orrery.Orbits;

/// <summary>One satellite's evenly spaced states in 24 bytes each: positions as 32-bit fixed point, velocities as single floats.</summary>
internal sealed class CompactTrack
{
    /// <summary>Numbers of a state: x, y, z.</summary>
    private const int Axes = 3;

    private readonly int[] positions;
    private readonly float[] velocities;

    /// <summary>km of one unit of a position.</summary>
    private readonly double unit;

    /// <param name="states">TEME, km and km/s.</param>
    /// <param name="valid">How many of them there are before propagation failed.</param>
    public CompactTrack(StateArrays states, int valid)
    {
        Valid = valid;
        positions = new int[Axes * valid];
        velocities = new float[Axes * valid];
        unit = Enumerable.Range(0, valid).Select(i => states.Position(i).Length).DefaultIfEmpty(1).Max() / int.MaxValue;
        for (var i = 0; i < valid; i++)
        {
            positions[Axes * i] = Fixed(states.X[i]);
            positions[(Axes * i) + 1] = Fixed(states.Y[i]);
            positions[(Axes * i) + 2] = Fixed(states.Z[i]);
            velocities[Axes * i] = (float)states.Vx[i];
            velocities[(Axes * i) + 1] = (float)states.Vy[i];
            velocities[(Axes * i) + 2] = (float)states.Vz[i];
        }
    }

    /// <summary>States from the first on.</summary>
    public int Valid { get; }

    /// <summary>km.</summary>
    public Vector3d Position(int sample) =>
        new(unit * positions[Axes * sample], unit * positions[(Axes * sample) + 1], unit * positions[(Axes * sample) + 2]);

    /// <summary>km/s.</summary>
    public Vector3d Velocity(int sample) =>
        new(velocities[Axes * sample], velocities[(Axes * sample) + 1], velocities[(Axes * sample) + 2]);

    private int Fixed(double km) => (int)Math.Clamp(Math.Round(km / unit), -int.MaxValue, int.MaxValue);
}
