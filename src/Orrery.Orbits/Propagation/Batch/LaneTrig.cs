using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Orrery.Orbits;

/// <summary>Sine and cosine of eight angles at once, to 4e-16 for angles below a million radians.</summary>
/// <remarks>Reduction by π/2 in two parts with fused multiply-add (Cody and Waite), then Taylor series to the rounding of a double.</remarks>
internal static class LaneTrig
{
    /// <summary>Below it <see cref="Turn"/> needs the first terms of the series only.</summary>
    private const double SmallAngle = 1 / 32.0;

    private const double HalfPi = 1.5707963267948966;

    /// <summary>π/2 less <see cref="HalfPi"/>.</summary>
    private const double HalfPiRest = 6.123233995736766e-17;

    /// <summary>Added to a double it leaves the nearest integer in the low bits.</summary>
    private const double Rounder = 6755399441055744.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes Sin, Lanes Cos) SinCos(Lanes angle)
    {
        var rounded = Vector512.FusedMultiplyAdd(angle, Vector512.Create(1 / HalfPi), Vector512.Create(Rounder));
        var turns = rounded - Vector512.Create(Rounder);
        var x = Vector512.FusedMultiplyAdd(-turns, Vector512.Create(HalfPi), angle);
        x = Vector512.FusedMultiplyAdd(-turns, Vector512.Create(HalfPiRest), x);
        var x2 = x * x;
        var sin = Vector512.FusedMultiplyAdd(x * x2, SinSeries(x2), x);
        var cos = Vector512.FusedMultiplyAdd(x2, CosSeries(x2), Vector512<double>.One);
        var quadrant = rounded.AsInt64();
        var odd = Vector512.Equals(quadrant & Vector512<long>.One, Vector512<long>.One).AsDouble();
        var sinSign = Vector512.ShiftLeft(quadrant, 62) & Vector512.Create(long.MinValue);
        var cosSign = Vector512.ShiftLeft(quadrant + Vector512<long>.One, 62) & Vector512.Create(long.MinValue);
        return (
            (Vector512.ConditionalSelect(odd, cos, sin).AsInt64() ^ sinSign).AsDouble(),
            (Vector512.ConditionalSelect(odd, sin, cos).AsInt64() ^ cosSign).AsDouble());
    }

    /// <summary>Sine and cosine of an angle's sum with a shift, cheap where all shifts are below 1/32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes Sin, Lanes Cos) Turn(Lanes sin, Lanes cos, Lanes shift)
    {
        var (sinShift, cosShift) = Vector512.LessThanAll(Vector512.Abs(shift), Vector512.Create(SmallAngle)) ? Small(shift) : Large(shift);
        return (
            Vector512.FusedMultiplyAdd(cos, sinShift, sin * cosShift),
            Vector512.FusedMultiplyAdd(-sin, sinShift, cos * cosShift));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes Sin, Lanes Cos) Small(Lanes x)
    {
        var x2 = x * x;
        var sin = Horner(x2, Horner(x2, Vector512.Create(-1 / 5040.0), 1 / 120.0), -1 / 6.0);
        var cos = Horner(x2, Horner(x2, Vector512.Create(-1 / 720.0), 1 / 24.0), -0.5);
        return (Vector512.FusedMultiplyAdd(x * x2, sin, x), Vector512.FusedMultiplyAdd(x2, cos, Vector512<double>.One));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Lanes Sin, Lanes Cos) Large(Lanes x) => SinCos(x);

    /// <summary>(sin x − x) / x³ up to x¹⁵ of the sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes SinSeries(Lanes x2)
    {
        var sum = Horner(x2, Vector512.Create(-1 / 1307674368000.0), 1 / 6227020800.0);
        sum = Horner(x2, sum, -1 / 39916800.0);
        sum = Horner(x2, sum, 1 / 362880.0);
        sum = Horner(x2, sum, -1 / 5040.0);
        sum = Horner(x2, sum, 1 / 120.0);
        return Horner(x2, sum, -1 / 6.0);
    }

    /// <summary>(cos x − 1) / x² up to x¹⁶ of the cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes CosSeries(Lanes x2)
    {
        var sum = Horner(x2, Vector512.Create(1 / 20922789888000.0), -1 / 87178291200.0);
        sum = Horner(x2, sum, 1 / 479001600.0);
        sum = Horner(x2, sum, -1 / 3628800.0);
        sum = Horner(x2, sum, 1 / 40320.0);
        sum = Horner(x2, sum, -1 / 720.0);
        sum = Horner(x2, sum, 1 / 24.0);
        return Horner(x2, sum, -0.5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Horner(Lanes x, Lanes sum, double next) => Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(next));
}
