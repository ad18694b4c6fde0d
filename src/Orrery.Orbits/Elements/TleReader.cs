using System.Globalization;

namespace Orrery.Orbits;

/// <summary>Reads two-line elements, with or without a name line before each pair.</summary>
/// <remarks>Format: Hoots and Roehrich, Spacetrack Report No. 3, section 2; alpha-5 catalogue numbers: space-track.org documentation.</remarks>
public static class TleReader
{
    private const int DefaultLimit = 20_000;
    private const int LongestName = 100;

    /// <summary>Years of two digits from here on are of the last century.</summary>
    private const int FirstYear = 57;

    /// <summary>All element sets of a text.</summary>
    /// <param name="text">Lines ended by LF or CR LF; blank lines are skipped.</param>
    /// <param name="limit">More sets than this are refused.</param>
    /// <exception cref="ElementFormatException">A line, column or value is wrong; the message says which and what would be right.</exception>
    public static IReadOnlyList<ElementSet> Read(string text, int limit = DefaultLimit)
    {
        var sets = new List<ElementSet>();
        var number = 0;
        string? name = null;
        (string Text, int Number)? first = null;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.TrimEnd().ToString();
            if (line.Length == 0)
                continue;
            if (first is { } one)
            {
                if (sets.Count == limit)
                    throw new ElementFormatException($"Line {one.Number}: there are more than {limit} element sets.", one.Number, null, "text");
                sets.Add(Parse(name, new TleLine(one.Text, one.Number, '1'), new TleLine(line, number, '2')));
                (first, name) = (null, null);
            }
            else if (line.StartsWith("1 ", StringComparison.Ordinal) && (name is not null || IsFirstLine(line)))
            {
                first = (line, number);
            }
            else
            {
                name = name is null ? Name(line, number) : throw new ElementFormatException(
                    $"Line {number}, column 1: line number '{line[0]}' must be 1, the first line of the elements of {name}.", number, 1, "line number");
            }
        }

        if (first is not null || name is not null)
        {
            throw new ElementFormatException(
                $"Line {number}: the text ends within an element set; line {(first is null ? 1 : 2)} is missing.", number, null, "line");
        }

        return sets;
    }

    /// <summary>Tells a first line, even one cut short, from a name that begins with a 1.</summary>
    private static bool IsFirstLine(string line) =>
        line.Length == TleLine.Length || (line.Length >= 7 && CatalogNumber.Parse(line.AsSpan(2, 5)) is not null);

    private static string Name(string line, int number)
    {
        if (line.StartsWith("2 ", StringComparison.Ordinal) && line.Length == TleLine.Length)
            throw new ElementFormatException($"Line {number}, column 1: line number '2' must follow a line 1.", number, 1, "line number");
        var name = line.StartsWith("0 ", StringComparison.Ordinal) ? line[2..].Trim() : line.Trim();
        return name.Length is > 0 and <= LongestName && !name.Any(char.IsControl)
            ? name
            : throw new ElementFormatException(
                $"Line {number}, column 1: name must have 1 to {LongestName} characters, none of them control characters.", number, 1, "name");
    }

    private static ElementSet Parse(string? name, TleLine one, TleLine two)
    {
        var id = one.Catalogue(3, 7);
        if (id == 0)
            throw one.Fault(3, "catalogue number", "is 0, must be positive");
        if (two.Catalogue(3, 7) != id)
            throw two.Fault(3, "catalogue number", $"'{two.Text(3, 7)}' must be that of line 1, '{one.Text(3, 7)}'");
        var classification = one.Text(8, 8)[0];
        if (classification is not ('U' or 'C' or 'S' or ' '))
            throw one.Fault(8, "classification", $"'{classification}' must be U, C or S");
        var designator = one.Text(10, 17).Trim();
        return new ElementSet
        {
            NoradId = id,
            Name = name ?? $"NORAD {id}",
            InternationalDesignator = designator.Length == 0 ? null : designator,
            Classification = classification == ' ' ? 'U' : classification,
            Epoch = Epoch(one),
            MeanMotionDot = one.Decimal(ElementRange.MeanMotionDot, 34, 43),
            MeanMotionDdot = one.Exponential(ElementRange.MeanMotionDdot, 45, 52),
            BStar = one.Exponential(ElementRange.BStar, 54, 61),
            ElementSetNumber = one.Integer("element set number", 65, 68),
            InclinationDeg = two.Decimal(ElementRange.Inclination, 9, 16),
            RaanDeg = two.Decimal(ElementRange.Raan, 18, 25),
            Eccentricity = two.Fraction(ElementRange.Eccentricity, 27, 33),
            ArgumentOfPerigeeDeg = two.Decimal(ElementRange.ArgumentOfPerigee, 35, 42),
            MeanAnomalyDeg = two.Decimal(ElementRange.MeanAnomaly, 44, 51),
            MeanMotionRevPerDay = two.Decimal(ElementRange.MeanMotion, 53, 63),
            RevolutionNumber = two.Integer("revolution number", 64, 68),
        };
    }

    private static DateTimeOffset Epoch(TleLine line)
    {
        if (!int.TryParse(line.Text(19, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var twoDigits))
            throw line.Fault(19, "epoch year", $"'{line.Text(19, 20)}' must be two digits");
        var year = twoDigits + (twoDigits < FirstYear ? 2000 : 1900);
        var days = DateTime.IsLeapYear(year) ? 366 : 365;
        if (!decimal.TryParse(line.Text(21, 32), NumberStyles.AllowLeadingWhite | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var day))
            throw line.Fault(21, "epoch day", $"'{line.Text(21, 32)}' is not a number of the form '261.14280998'");
        if (day < 1 || day >= days + 1)
            throw line.Fault(21, "epoch day", $"is {day}, must be from 1 to below {days + 1} in {year}");
        return new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks((long)((day - 1) * TimeSpan.TicksPerDay));
    }
}
