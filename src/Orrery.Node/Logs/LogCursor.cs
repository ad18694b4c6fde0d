namespace Orrery.Node.Logs;

/// <summary>Goes forward through the files of a log, from one to the next.</summary>
internal sealed class LogCursor(string folder, long afterOffset) : IDisposable
{
    private const int Block = 256 * 1024;

    private FileStream? file;
    private string? path;
    private long position;
    private long last = afterOffset;

    /// <summary>Lines that have come since; none when there is nothing new.</summary>
    public IReadOnlyList<LogLine> Next()
    {
        if (file is null && !OpenFirst())
            return [];
        var lines = ReadBlock();
        if (lines.Count == 0 && OpenSuccessor())
            lines = ReadBlock();
        return lines;
    }

    private List<LogLine> ReadBlock()
    {
        var lines = new List<LogLine>();
        var buffer = new byte[Block];
        while (lines.Count == 0)
        {
            file!.Position = position;
            var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var used = 0;
            for (int at; (at = buffer.AsSpan(used, read - used).IndexOf((byte)'\n')) >= 0; used += at + 1)
            {
                if (LogRecord.Parse(buffer.AsSpan(used, at)) is { } line && line.Offset > last)
                {
                    lines.Add(line);
                    last = line.Offset;
                }
            }
            position += used;
            if (used == 0)
                break;
        }
        return lines;
    }

    private bool OpenFirst()
    {
        var files = LogRecord.Files(folder);
        var first = files.LastOrDefault(f => LogRecord.StartOf(f) <= last) ?? files.FirstOrDefault();
        return first is not null && Open(first);
    }

    private bool OpenSuccessor()
    {
        var next = Array.Find(LogRecord.Files(folder), f => StringComparer.Ordinal.Compare(f, path) > 0);
        return next is not null && Open(next);
    }

    private bool Open(string next)
    {
        try
        {
            var opened = new FileStream(next, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            file?.Dispose();
            (file, path, position) = (opened, next, 0);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    public void Dispose() => file?.Dispose();
}
