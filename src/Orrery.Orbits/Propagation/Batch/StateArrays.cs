using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orrery.Orbits;

/// <summary>States as a structure of arrays: km and km/s, TEME.</summary>
/// <remarks>The arrays may be longer than <see cref="Length"/>: whole vectors are written.</remarks>
public sealed class StateArrays
{
    /// <param name="length">How many states; the arrays are rounded up to a multiple of eight.</param>
    public StateArrays(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        var padded = Padded(length);
        (X, Y, Z) = (new double[padded], new double[padded], new double[padded]);
        (Vx, Vy, Vz) = (new double[padded], new double[padded], new double[padded]);
        Errors = new PropagationError[padded];
    }

    public int Length { get; }

    /// <summary>km.</summary>
    public double[] X { get; }

    /// <summary>km.</summary>
    public double[] Y { get; }

    /// <summary>km.</summary>
    public double[] Z { get; }

    /// <summary>km/s.</summary>
    public double[] Vx { get; }

    /// <summary>km/s.</summary>
    public double[] Vy { get; }

    /// <summary>km/s.</summary>
    public double[] Vz { get; }

    /// <summary>On an error other than <see cref="PropagationError.Decayed"/> the state is zero.</summary>
    public PropagationError[] Errors { get; }

    /// <summary>km.</summary>
    public Vector3d Position(int index) => new(X[index], Y[index], Z[index]);

    /// <summary>km/s.</summary>
    public Vector3d Velocity(int index) => new(Vx[index], Vy[index], Vz[index]);

    internal static int Padded(int length) => (length + NearEarthLanes.Width - 1) & -NearEarthLanes.Width;

    internal void Set(int index, PropagationError error, in Vector3d position, in Vector3d velocity)
    {
        (X[index], Y[index], Z[index]) = (position.X, position.Y, position.Z);
        (Vx[index], Vy[index], Vz[index]) = (velocity.X, velocity.Y, velocity.Z);
        Errors[index] = error;
    }

    /// <summary>Stores eight states from an index on, which with eight more is within the arrays.</summary>
    internal void Set(int index, ref LaneStates states)
    {
        var zero = states.MeanEccentricity | states.SemiLatusRectum;
        Vector512.AndNot(states.X, zero).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(X), (nuint)index);
        Vector512.AndNot(states.Y, zero).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(Y), (nuint)index);
        Vector512.AndNot(states.Z, zero).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(Z), (nuint)index);
        Vector512.AndNot(states.Vx, zero).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(Vx), (nuint)index);
        Vector512.AndNot(states.Vy, zero).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(Vy), (nuint)index);
        Vector512.AndNot(states.Vz, zero).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(Vz), (nuint)index);
        var errors = Errors.AsSpan(index, NearEarthLanes.Width);
        errors.Clear();
        if ((zero | states.Decayed).ExtractMostSignificantBits() != 0)
            SetErrors(errors, ref states);
    }

    private static void SetErrors(Span<PropagationError> errors, ref LaneStates states)
    {
        var (eccentricity, rectum) = (states.MeanEccentricity.ExtractMostSignificantBits(), states.SemiLatusRectum.ExtractMostSignificantBits());
        var decayed = states.Decayed.ExtractMostSignificantBits();
        for (var i = 0; i < errors.Length; i++)
        {
            var bit = 1UL << i;
            errors[i] = (eccentricity & bit) != 0 ? PropagationError.MeanEccentricity
                : (rectum & bit) != 0 ? PropagationError.SemiLatusRectum
                : (decayed & bit) != 0 ? PropagationError.Decayed
                : PropagationError.None;
        }
    }
}
