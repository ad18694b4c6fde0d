using System.Globalization;

namespace Orrery.Orbits;

/// <summary>Writes two-line elements with a name line; values are rounded to what the format holds.</summary>
public static class TleWriter
{
    private const long TicksPerEpochUnit = 8_640;
    private const int SmallestExponent = -9;
    private const int MantissaDigits = 5;
    private const int RevolutionModulus = 100_000;
    private const double GreatestEccentricity = 0.9999999;
    private const double GreatestDot = 0.99999999;
    private const int SetNumberModulus = 10_000;

    /// <summary>Name, line 1 and line 2, each ended by a line feed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The catalogue number is above 339,999, which two-line elements cannot hold.</exception>
    public static string Write(ElementSet elements)
    {
        var id = CatalogNumber.Format(elements.NoradId);
        var one = string.Join(
            ' ',
            $"1 {id}{elements.Classification}",
            $"{elements.InternationalDesignator,-8}",
            Epoch(elements.Epoch),
            Dot(elements.MeanMotionDot),
            Exponential(elements.MeanMotionDdot),
            Exponential(elements.BStar),
            "0",
            $"{elements.ElementSetNumber % SetNumberModulus,4}");
        var two = string.Join(
            ' ',
            $"2 {id}",
            Angle(elements.InclinationDeg),
            Angle(elements.RaanDeg),
            Eccentricity(elements.Eccentricity),
            Angle(elements.ArgumentOfPerigeeDeg),
            Angle(elements.MeanAnomalyDeg),
            $"{elements.MeanMotionRevPerDay.ToString("F8", CultureInfo.InvariantCulture),11}{elements.RevolutionNumber % RevolutionModulus,5}");
        return $"0 {elements.Name}\n{Closed(one)}\n{Closed(two)}\n";
    }

    private static string Closed(string line) => line + TleLine.Checksum(line + "0");

    private static string Epoch(DateTimeOffset epoch)
    {
        var units = (epoch.UtcTicks + (TicksPerEpochUnit / 2)) / TicksPerEpochUnit;
        var rounded = new DateTimeOffset(units * TicksPerEpochUnit, TimeSpan.Zero);
        var day = rounded.DayOfYear + (rounded.TimeOfDay.Ticks / (decimal)TimeSpan.TicksPerDay);
        return string.Create(CultureInfo.InvariantCulture, $"{rounded.Year % 100:D2}{day:000.00000000}");
    }

    private static string Angle(double degrees) => degrees.ToString("F4", CultureInfo.InvariantCulture).PadLeft(8);

    private static string Dot(double value) =>
        (value < 0 ? "-" : " ") + Math.Min(Math.Abs(value), GreatestDot).ToString("F8", CultureInfo.InvariantCulture)[1..];

    private static string Eccentricity(double value) => Math.Min(value, GreatestEccentricity).ToString("F7", CultureInfo.InvariantCulture)[2..];

    private static string Exponential(double value)
    {
        var sign = value < 0 ? "-" : " ";
        var magnitude = Math.Abs(value);
        if (magnitude == 0)
            return sign + "00000+0";
        var exponent = Math.Max(SmallestExponent, (int)Math.Floor(Math.Log10(magnitude)) + 1);
        var mantissa = Math.Round(magnitude * Math.Pow(10, MantissaDigits - exponent));
        if (mantissa >= 100_000)
            (mantissa, exponent) = (Math.Round(mantissa / 10), exponent + 1);
        return $"{sign}{mantissa:00000}{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }
}
