namespace Orrery.Orbits;

/// <summary>One satellite's evenly spaced positions as 32-bit fixed point, 12 bytes each, interpolated by the quintic through six of them.</summary>
internal sealed class CompactTrack
{
    /// <summary>Points of an interpolation.</summary>
    public const int Points = 6;

    /// <summary>Points of an interpolation before the cell.</summary>
    public const int Before = 2;

    /// <summary>Numbers of a position: x, y, z.</summary>
    private const int Axes = 3;

    private readonly int[] positions;

    /// <summary>km of one unit of a position.</summary>
    private readonly double unit;

    /// <param name="states">TEME, km.</param>
    /// <param name="valid">How many of them there are before propagation failed.</param>
    public CompactTrack(StateArrays states, int valid)
    {
        Valid = valid;
        positions = new int[Axes * valid];
        unit = Enumerable.Range(0, valid).Select(i => states.Position(i).Length).DefaultIfEmpty(1).Max() / int.MaxValue;
        for (var i = 0; i < valid; i++)
        {
            positions[Axes * i] = Fixed(states.X[i]);
            positions[(Axes * i) + 1] = Fixed(states.Y[i]);
            positions[(Axes * i) + 2] = Fixed(states.Z[i]);
        }

        ErrorKm = QuinticError.Of(states, valid, unit);
    }

    /// <summary>Positions from the first on.</summary>
    public int Valid { get; }

    /// <summary>How far an interpolated position is from SGP4's at most, km.</summary>
    public double ErrorKm { get; }

    /// <summary>Position, km, and its rate per step, by Neville's scheme.</summary>
    /// <param name="first">First of the six samples.</param>
    /// <param name="s">Steps since the first sample.</param>
    public (Vector3d Position, Vector3d Rate) At(int first, double s)
    {
        Span<Vector3d> value = stackalloc Vector3d[Points];
        Span<Vector3d> rate = stackalloc Vector3d[Points];
        for (var i = 0; i < Points; i++)
            (value[i], rate[i]) = (Position(first + i), default);
        for (var order = 1; order < Points; order++)
        {
            for (var i = 0; i < Points - order; i++)
            {
                var share = (s - i) / order;
                var chord = value[i + 1] - value[i];
                rate[i] = rate[i] + (share * (rate[i + 1] - rate[i])) + (1.0 / order * chord);
                value[i] += share * chord;
            }
        }

        return (value[0], rate[0]);
    }

    private Vector3d Position(int sample) =>
        new(unit * positions[Axes * sample], unit * positions[(Axes * sample) + 1], unit * positions[(Axes * sample) + 2]);

    private int Fixed(double km) => (int)Math.Clamp(Math.Round(km / unit), -int.MaxValue, int.MaxValue);
}
