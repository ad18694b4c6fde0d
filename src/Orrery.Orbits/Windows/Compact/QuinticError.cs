namespace Orrery.Orbits;

/// <summary>The error of interpolating evenly spaced positions by the quintic through six of them, in the cell between the third and the fourth.</summary>
/// <remarks>
/// At most (½ · 1½ · 2½)²/6! of the greatest sixth derivative times h⁶, which the sixth differences of the samples stand for, with a margin for what
/// lies between them; and of the fixed point half a unit in each axis times the sum of the weights' magnitudes in the middle of the cell.
/// </remarks>
internal static class QuinticError
{
    private const int Order = 6;
    private const double Remainder = 0.5 * 0.5 * 1.5 * 1.5 * 2.5 * 2.5 / 720;
    private const double BetweenSamples = 1.3;

    /// <summary>Sum of the magnitudes of 3, −25, 150, 150, −25, 3 over 256.</summary>
    private const double WeightSum = 356 / 256.0;

    private static readonly double[] Differences = [1, -6, 15, -20, 15, -6, 1];

    /// <param name="states">km.</param>
    /// <param name="valid">How many there are.</param>
    /// <param name="unit">km of one unit of the fixed point.</param>
    public static double Of(StateArrays states, int valid, double unit)
    {
        var greatest = 0.0;
        for (var i = 0; i + Order < valid; i++)
        {
            var sum = default(Vector3d);
            for (var j = 0; j <= Order; j++)
                sum += Differences[j] * states.Position(i + j);
            greatest = Math.Max(greatest, sum.Length);
        }

        return (BetweenSamples * Remainder * greatest) + (WeightSum * Math.Sqrt(3) / 2 * unit);
    }
}
