using System.Globalization;

namespace Orrery.EndToEnd.Fixtures;

/// <summary>Two-line elements as text.</summary>
public static class Tle
{
    private const int EpochColumn = 18;
    private const int ChecksumColumn = 68;

    /// <summary>Writes the right checksum at the end of every numbered line.</summary>
    public static string WithChecksums(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd() is { Length: > ChecksumColumn } full
        ? full[..ChecksumColumn] + full[..ChecksumColumn].Sum(sign => char.IsAsciiDigit(sign) ? sign - '0' : sign == '-' ? 1 : 0) % 10
        : line.TrimEnd()));

    /// <summary>The same orbit, as if it had been measured at another time.</summary>
    public static string At(string name, string line1, string line2, DateTimeOffset epoch)
    {
        var day = epoch.DayOfYear + epoch.TimeOfDay.TotalDays;
        var field = $"{epoch.Year % 100:D2}{day.ToString("000.00000000", CultureInfo.InvariantCulture)}";
        return WithChecksums($"{name}\n{line1[..EpochColumn]}{field}{line1[(EpochColumn + field.Length)..]}\n{line2}");
    }
}
