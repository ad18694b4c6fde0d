using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Orrery.Node.Logs;

/// <summary>The form of a line in a log file: <c>offset milliseconds text\n</c>, milliseconds since 1970 UTC.</summary>
internal static class LogRecord
{
    /// <summary>Longer lines are split.</summary>
    public const int LongestText = 64 * 1024;

    public const int LongestRecord = LongestText + 64;

    public static void Write(Stream to, long offset, long time, ReadOnlySpan<byte> text)
    {
        Span<byte> head = stackalloc byte[48];
        Utf8Formatter.TryFormat(offset, head, out var length);
        head[length++] = (byte)' ';
        Utf8Formatter.TryFormat(time, head[length..], out var more);
        length += more;
        head[length++] = (byte)' ';
        to.Write(head[..length]);
        to.Write(text);
        to.WriteByte((byte)'\n');
    }

    /// <param name="record">Without the line break.</param>
    public static LogLine? Parse(ReadOnlySpan<byte> record)
    {
        if (!Utf8Parser.TryParse(record, out long offset, out var used) || used >= record.Length)
            return null;
        var rest = record[(used + 1)..];
        if (!Utf8Parser.TryParse(rest, out long time, out used) || used >= rest.Length)
            return null;
        return new(offset, DateTimeOffset.FromUnixTimeMilliseconds(time), Encoding.UTF8.GetString(rest[(used + 1)..]));
    }

    /// <summary>A file is named by the offset before its first line, so that names sort as lines do.</summary>
    public static string FileName(long offset) => offset.ToString("D19", CultureInfo.InvariantCulture) + ".log";

    public static long StartOf(string file) => long.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture);

    public static string[] Files(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.log").Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
