using System.Globalization;

namespace Orrery.Orbits;

/// <summary>Five columns for a catalogue number; from 100,000 on a letter stands for the leading two digits (alpha-5, without I and O).</summary>
internal static class CatalogNumber
{
    public const int GreatestAlpha5 = 339_999;

    /// <summary>What the member of an OMM may hold.</summary>
    public const int Greatest = 999_999_999;

    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int FirstLetter = 10;
    private const int PerLetter = 10_000;
    private const int Columns = 5;

    /// <summary>Null when the five columns are no catalogue number.</summary>
    public static int? Parse(ReadOnlySpan<char> columns)
    {
        var text = columns.Trim(' ');
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
            return plain;
        if (text.Length != Columns || Letters.IndexOf(text[0]) is not (>= 0 and var letter))
            return null;
        return int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var rest)
            ? ((letter + FirstLetter) * PerLetter) + rest
            : null;
    }

    /// <exception cref="ArgumentOutOfRangeException">Above 339,999: two-line elements have no room for it.</exception>
    public static string Format(int number)
    {
        if (number is < 0 or > GreatestAlpha5)
            throw new ArgumentOutOfRangeException(nameof(number), number, $"Two-line elements hold catalogue numbers up to {GreatestAlpha5}.");
        var (lead, rest) = Math.DivRem(number, PerLetter);
        return lead < FirstLetter ? number.ToString("D5") : Letters[lead - FirstLetter] + rest.ToString("D4");
    }
}
