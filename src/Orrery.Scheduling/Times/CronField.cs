using System.Globalization;

namespace Orrery.Scheduling;

/// <summary>One field of a cron expression as a set of bits.</summary>
/// <param name="Bits">Bit n: the value n is in it.</param>
/// <param name="Restricted">It does not begin with <c>*</c>.</param>
internal readonly record struct CronField(ulong Bits, bool Restricted)
{
    public bool Has(int value) => (Bits >> value & 1) != 0;

    /// <summary>Parses lists of values, ranges and steps.</summary>
    public static bool TryParse(string text, CronFieldKind kind, out CronField field, out string? error)
    {
        (field, error) = (default, null);
        ulong bits = 0;
        foreach (var part in text.Split(','))
        {
            if (!TryPart(part, kind, out var partBits, out error))
                return false;
            bits |= partBits;
        }
        // In the week, 7 is Sunday as 0 is.
        if (kind.Highest == 7 && (bits >> 7 & 1) != 0)
            bits = bits & ~(1UL << 7) | 1;
        field = new(bits, !text.StartsWith('*'));
        return true;
    }

    private static bool TryPart(string part, CronFieldKind kind, out ulong bits, out string? error)
    {
        bits = 0;
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var (range, step) = (slash < 0 ? part : part[..slash], 1);
        if (slash >= 0 && (!TryNumber(part[(slash + 1)..], out step) || step == 0))
        {
            error = $"the step in '{part}' of the {kind.Name} is not a positive number";
            return false;
        }
        var (low, high) = (kind.Lowest, kind.Highest == 7 ? 6 : kind.Highest);
        if (range != "*")
        {
            var dash = range.IndexOf('-', StringComparison.Ordinal);
            if (dash < 0 && slash >= 0)
            {
                error = $"a step needs a range or *: '{part}' in the {kind.Name}";
                return false;
            }
            if (!TryValue(dash < 0 ? range : range[..dash], kind, out low, out error)
                || !TryValue(dash < 0 ? range : range[(dash + 1)..], kind, out high, out error))
                return false;
        }
        if (low > high)
        {
            error = $"the range '{range}' of the {kind.Name} runs backwards";
            return false;
        }
        for (var value = low; value <= high; value += step)
            bits |= 1UL << value;
        error = null;
        return true;
    }

    private static bool TryValue(string text, CronFieldKind kind, out int value, out string? error)
    {
        error = null;
        var name = Array.FindIndex(kind.Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = name + kind.Lowest;
        if (name >= 0 || (TryNumber(text, out value) && value >= kind.Lowest && value <= kind.Highest))
            return true;
        error = $"'{text}' is not a {kind.Name}: {kind.Lowest} to {kind.Highest}{(kind.Names.Length > 0 ? $" or {kind.Names[0]} to {kind.Names[^1]}" : "")}";
        return false;
    }

    private static bool TryNumber(string text, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

/// <summary>What a field may hold.</summary>
internal sealed record CronFieldKind(string Name, int Lowest, int Highest, params string[] Names)
{
    public static CronFieldKind Minute { get; } = new("minute", 0, 59);

    public static CronFieldKind Hour { get; } = new("hour", 0, 23);

    public static CronFieldKind Day { get; } = new("day of the month", 1, 31);

    public static CronFieldKind Month { get; } =
        new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    public static CronFieldKind Weekday { get; } = new("day of the week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
}
