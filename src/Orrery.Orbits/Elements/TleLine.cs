using System.Globalization;

namespace Orrery.Orbits;

/// <summary>One line of a two-line set, its fields by column (from 1, both ends within).</summary>
internal readonly struct TleLine
{
    public const int Length = 69;

    private readonly string text;
    private readonly int number;

    /// <summary>Checks length, line number, characters and checksum.</summary>
    public TleLine(string text, int number, char expected)
    {
        this.text = text;
        this.number = number;
        if (text.Length != Length)
            throw Fault(null, "line", $"has {text.Length} columns, must have {Length}");
        if (text[0] != expected)
            throw Fault(1, "line number", $"'{text[0]}' must be {expected}");
        var checksum = Checksum(text);
        if (text[^1] != checksum)
            throw Fault(Length, "checksum", $"'{text[^1]}' must be {checksum} for the line as it stands");
    }

    /// <summary>Sum of the digits of the first 68 columns, a minus counting one, modulo ten.</summary>
    public static char Checksum(ReadOnlySpan<char> line)
    {
        var sum = 0;
        foreach (var c in line[..(Length - 1)])
            sum += c == '-' ? 1 : char.IsAsciiDigit(c) ? c - '0' : 0;
        return (char)('0' + (sum % 10));
    }

    public string Text(int first, int last) => text[(first - 1)..last];

    public double Decimal(ElementRange range, int first, int last) =>
        Ranged(range, first, double.TryParse(
            Span(first, last).Trim(' '), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw NotANumber(range, first, last));

    /// <summary>Digits with the decimal point left out before the first.</summary>
    public double Fraction(ElementRange range, int first, int last)
    {
        var digits = Span(first, last).Trim(' ');
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw NotANumber(range, first, last);
        return Ranged(range, first, double.Parse("0." + digits.ToString(), CultureInfo.InvariantCulture));
    }

    /// <summary>A mantissa with its decimal point left out and a power of ten: <c>-11606-4</c> is −0.11606·10⁻⁴.</summary>
    public double Exponential(ElementRange range, int first, int last)
    {
        var field = Span(first, last).Trim(' ');
        if (field.IsEmpty)
            return 0;
        var negative = field[0] == '-';
        var unsigned = field[0] is '-' or '+' ? field[1..] : field;
        var wellFormed = unsigned.Length > 2 && unsigned[^2] is '-' or '+' or ' ' && char.IsAsciiDigit(unsigned[^1])
            && long.TryParse(unsigned[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!wellFormed)
            throw NotANumber(range, first, last);
        var exponentSign = unsigned[^2] == '-' ? "-" : "";
        var magnitude = double.Parse($"0.{unsigned[..^2]}e{exponentSign}{unsigned[^1]}", CultureInfo.InvariantCulture);
        return Ranged(range, first, negative ? -magnitude : magnitude);
    }

    /// <summary>A whole number; blank is zero.</summary>
    public int Integer(string field, int first, int last)
    {
        var columns = Span(first, last).Trim(' ');
        if (columns.IsEmpty)
            return 0;
        return int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Fault(first, field, $"'{Text(first, last)}' must be a whole number");
    }

    public int Catalogue(int first, int last) =>
        CatalogNumber.Parse(Span(first, last))
        ?? throw Fault(first, "catalogue number", $"'{Text(first, last)}' must be five digits, or a letter other than I and O and four digits");

    public ElementFormatException Fault(int? column, string field, string problem) =>
        new($"Line {number}{(column is { } c ? $", column {c}" : "")}: {field} {problem}.", number, column, field);

    private ReadOnlySpan<char> Span(int first, int last) => text.AsSpan(first - 1, last - first + 1);

    private double Ranged(ElementRange range, int first, double value) =>
        range.Contains(value) ? value : throw Fault(first, range.Name, $"is {value}, {range.Rule}");

    private ElementFormatException NotANumber(ElementRange range, int first, int last) =>
        Fault(first, range.Name, $"'{Text(first, last)}' is not a number of the form '{range.Example}'");
}
