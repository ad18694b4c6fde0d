using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Orrery.Node.Posix;

namespace Orrery.Node.Logs;

/// <summary>A pod's output between its pipe and its log.</summary>
/// <remarks>
/// Bytes go from the pipe into this file within one system call, which SIGKILL does not cut in two: so a byte is in the pipe or in
/// the file, never in both or in neither. What of the file is in the log is known from the log's last line. The file is named by the
/// position of its first byte in all output.
/// </remarks>
internal sealed class RawSpool : IDisposable
{
    private const int Chunk = 256 * 1024;
    private const long RollAt = 4 * 1024 * 1024;
    private const uint NonBlocking = 2;

    private readonly string folder;
    private SafeFileHandle file;
    private long start;

    public RawSpool(string folder)
    {
        this.folder = folder;
        var files = Directory.EnumerateFiles(folder, "raw.*").Where(f => !f.EndsWith(".new", StringComparison.Ordinal)).ToList();
        start = files.Count == 0 ? 0 : files.Max(StartOf);
        file = Open(PathOf(start));
        End = start + RandomAccess.GetLength(file);
        foreach (var older in files.Where(f => StartOf(f) < start))
            File.Delete(older);
    }

    /// <summary>All output so far, in bytes.</summary>
    public long End { get; private set; }

    /// <summary>The first byte that is still here.</summary>
    public long Start => start;

    /// <returns>False when the pipe is empty.</returns>
    /// <exception cref="IOException">The file cannot take more, for one the disk is full; nothing is lost, the pod waits.</exception>
    public bool TakeFrom(SafeFileHandle pipe)
    {
        var at = End - start;
        var moved = Native.Splice(pipe, 0, file, ref at, Chunk, NonBlocking);
        if (moved < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == Native.Invalid)
                return Copy(pipe);
            if (error != Native.WouldBlock)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
        End += Math.Max(0, moved);
        return moved > 0;
    }

    public int Read(long position, Span<byte> buffer) => RandomAccess.Read(file, buffer, position - start);

    /// <summary>Forgets what is before a position, when it is worth it.</summary>
    public void Trim(long consumed)
    {
        if (End - start < RollAt)
            return;
        var rest = new byte[End - consumed];
        _ = RandomAccess.Read(file, rest, consumed - start);
        var fresh = PathOf(consumed);
        File.WriteAllBytes(fresh + ".new", rest);
        File.Move(fresh + ".new", fresh, overwrite: true);
        file.Dispose();
        File.Delete(PathOf(start));
        start = consumed;
        file = Open(fresh);
    }

    public void Dispose() => file.Dispose();

    /// <summary>For file systems that cannot splice: there a SIGKILL in between may lose one chunk.</summary>
    private bool Copy(SafeFileHandle pipe)
    {
        var buffer = new byte[Chunk];
        var read = Native.Read(pipe, buffer, Chunk);
        if (read <= 0)
            return false;
        RandomAccess.Write(file, buffer.AsSpan(0, (int)read), End - start);
        End += read;
        return true;
    }

    private static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    private string PathOf(long position) => Path.Combine(folder, "raw." + position.ToString(CultureInfo.InvariantCulture));

    private static long StartOf(string path) => long.Parse(path[(path.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture);
}
