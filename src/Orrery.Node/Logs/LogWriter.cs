namespace Orrery.Node.Logs;

/// <summary>Appends lines to the log of a pod and begins a new file when one is full.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly string folder;
    private readonly long fileBytes;
    private readonly int files;
    private FileStream? current;

    /// <param name="fileBytes">Of one file, about.</param>
    /// <param name="files">How many are kept.</param>
    public LogWriter(string folder, long fileBytes, int files)
    {
        (this.folder, this.fileBytes, this.files) = (folder, fileBytes, files);
        if (LogRecord.Files(folder).LastOrDefault() is { } last)
        {
            current = Open(last, FileMode.Open);
            Offset = Repair(current) ?? LogRecord.StartOf(last);
        }
    }

    /// <summary>Of the last line that is in the log: so many bytes of output are taken care of.</summary>
    public long Offset { get; private set; }

    /// <param name="offset">The end of the line in the pod's output.</param>
    /// <param name="time">Milliseconds since 1970 UTC.</param>
    public void Append(long offset, long time, ReadOnlySpan<byte> text)
    {
        if (current is null || current.Position >= fileBytes)
            Rotate();
        LogRecord.Write(current!, offset, time, text);
        Offset = offset;
    }

    /// <summary>Hands everything to the kernel: it survives this process then.</summary>
    public void Flush() => current?.Flush();

    public void Dispose() => current?.Dispose();

    private void Rotate()
    {
        Directory.CreateDirectory(folder);
        current?.Dispose();
        current = Open(Path.Combine(folder, LogRecord.FileName(Offset)), FileMode.OpenOrCreate);
        current.Position = current.Length;
        foreach (var old in LogRecord.Files(folder).SkipLast(files))
            File.Delete(old);
    }

    private static FileStream Open(string path, FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);

    /// <summary>Cuts a line that was being written when the process was killed.</summary>
    /// <returns>The offset of the last whole line; null without one.</returns>
    private static long? Repair(FileStream file)
    {
        var start = Math.Max(0, file.Length - (2 * LogRecord.LongestRecord));
        var tail = new byte[file.Length - start];
        file.Position = start;
        file.ReadExactly(tail);
        var end = Array.LastIndexOf(tail, (byte)'\n');
        file.SetLength(start + end + 1);
        file.Position = file.Length;
        if (end < 0)
            return null;
        var begin = end == 0 ? 0 : Array.LastIndexOf(tail, (byte)'\n', end - 1) + 1;
        return LogRecord.Parse(tail.AsSpan(begin, end - begin))?.Offset;
    }
}
