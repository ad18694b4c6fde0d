using System.Globalization;

namespace Orrery.Server.Clusters.Requests;

/// <summary>Kubernetes quantities: <c>500m</c>, <c>1.5</c>, <c>128Gi</c>, <c>1e3</c>; exact, rounded up where a whole is needed.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("n", 1e-9m), ("u", 1e-6m), ("m", 1e-3m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
    ];

    /// <summary>The value in units (cores, bytes, cards); false when it is not a quantity or does not fit.</summary>
    public static bool TryParse(string text, out decimal value)
    {
        value = 0;
        if (text.Length is 0 or > 32 || text.Contains('\0'))
            return false; // decimal.TryParse takes NULs at the end
        var (suffix, factor) = Suffixes.FirstOrDefault(one => text.EndsWith(one.Suffix, StringComparison.Ordinal));
        var number = suffix is null ? text : text[..^suffix.Length];
        var style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | (suffix is null ? NumberStyles.AllowExponent : NumberStyles.None);
        if (number.Length == 0 || !(char.IsAsciiDigit(number[0]) || number[0] is '.' or '+' or '-') || !decimal.TryParse(number, style, CultureInfo.InvariantCulture, out value))
            return false;
        try
        {
            value *= suffix is null ? 1 : factor;
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>Thousandths of a core, rounded up; null when it is not a positive quantity.</summary>
    public static long? TryCpu(string text) => Whole(text, 1000);

    /// <summary>Bytes, rounded up; null when it is not a positive quantity.</summary>
    public static long? TryBytes(string text) => Whole(text, 1);

    /// <summary>Whole cards; null when it is not a whole number of them.</summary>
    public static int? TryCards(string text) =>
        TryParse(text, out var value) && value is >= 0 and <= 100_000 && value == decimal.Truncate(value) ? (int)value : null;

    /// <exception cref="FormatException">It is not a positive quantity.</exception>
    public static long Cpu(string text) => TryCpu(text) ?? throw new FormatException($"'{text}' is not a number of cores, like 4 or 500m.");

    /// <exception cref="FormatException">It is not a positive quantity.</exception>
    public static long Memory(string text) => TryBytes(text) ?? throw new FormatException($"'{text}' is not a size, like 128Gi.");

    public static string FormatCpu(long millis) => millis % 1000 == 0 ? (millis / 1000).ToString() : $"{millis}m";

    /// <summary>In the largest binary unit that divides it.</summary>
    public static string FormatMemory(long bytes)
    {
        if (bytes == 0)
            return "0";
        var (suffix, factor) = Suffixes.Take(6).LastOrDefault(unit => bytes % (long)unit.Factor == 0);
        return suffix is null ? bytes.ToString() : $"{bytes / (long)factor}{suffix}";
    }

    private static long? Whole(string text, int parts)
    {
        if (!TryParse(text, out var value) || value <= 0 || value > long.MaxValue / parts / 2)
            return null;
        var whole = decimal.Ceiling(value * parts);
        return parts > 1 && value * parts < 1 ? null : (long)whole; // less than a thousandth of a core is nothing
    }
}
