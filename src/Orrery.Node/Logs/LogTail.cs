namespace Orrery.Node.Logs;

/// <summary>Reads a log backwards, block by block, until it has enough.</summary>
internal static class LogTail
{
    private const int Block = 128 * 1024;

    public static IReadOnlyList<LogLine> Read(string folder, int tailLines, DateTimeOffset? since, CancellationToken cancellation)
    {
        var lines = new List<LogLine>();
        foreach (var file in LogRecord.Files(folder).Reverse())
        {
            foreach (var line in Backwards(file, cancellation))
            {
                if (lines.Count >= tailLines || line.Time < since)
                    return Reversed(lines);
                lines.Add(line);
            }
        }
        return Reversed(lines);
    }

    private static List<LogLine> Reversed(List<LogLine> lines)
    {
        lines.Reverse();
        return lines;
    }

    private static IEnumerable<LogLine> Backwards(string file, CancellationToken cancellation)
    {
        using var handle = Open(file);
        if (handle is null)
            yield break;
        var end = RandomAccess.GetLength(handle);
        var carry = Array.Empty<byte>();
        var isTorn = true; // what follows the last line break is still being written
        while (end > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Math.Max(0, end - Block);
            var block = new byte[end - start + carry.Length];
            var read = 0;
            while (read < end - start && RandomAccess.Read(handle, block.AsSpan(read, (int)(end - start) - read), start + read) is > 0 and var n)
                read += n;
            carry.CopyTo(block, (int)(end - start));
            var tail = block.Length;
            for (var at = Array.LastIndexOf(block, (byte)'\n'); at >= 0; at = at == 0 ? -1 : Array.LastIndexOf(block, (byte)'\n', at - 1))
            {
                if (!isTorn && LogRecord.Parse(block.AsSpan(at + 1, tail - at - 1)) is { } line)
                    yield return line;
                isTorn = false;
                tail = at;
            }
            carry = block[..tail];
            end = start;
        }
        if (!isTorn && LogRecord.Parse(carry) is { } first)
            yield return first;
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle? Open(string file)
    {
        try
        {
            return File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // rotated away meanwhile
        }
    }
}
