using Microsoft.Win32.SafeHandles;
using Orrery.Node.Posix;

namespace Orrery.Node.Logs;

/// <summary>The way of one pod's output: pipe, spool, log. Used by the pump's thread only, but for the counters.</summary>
internal sealed class PodOutput : IDisposable
{
    private readonly TimeProvider clock;
    private readonly RawSpool spool;
    private readonly LogWriter log;
    private readonly byte[] buffer = new byte[4 * LogRecord.LongestText];
    private long consumed;
    private long grownAt;

    public PodOutput(string podFolder, string logFolder, NodeOptions options, TimeProvider clock)
    {
        this.clock = clock;
        // Read and write: without a writer of its own, an empty pipe would look ended between two containers.
        Pipe = Files.Open(Path.Combine(podFolder, "out"), Native.ReadWrite | Native.NonBlocking);
        spool = new RawSpool(podFolder);
        log = new LogWriter(logFolder, options.LogFileBytes, options.LogFiles);
        consumed = Math.Max(log.Offset, spool.Start);
        grownAt = clock.GetUtcNow().UtcTicks;
    }

    public SafeFileHandle Pipe { get; }

    /// <summary>When output came last.</summary>
    public DateTimeOffset GrownAt => new(Interlocked.Read(ref grownAt), TimeSpan.Zero);

    /// <summary>Not before then: the disk refused.</summary>
    public DateTimeOffset RetryAt { get; private set; }

    /// <returns>False when there was nothing.</returns>
    public bool Move()
    {
        try
        {
            if (!spool.TakeFrom(Pipe))
                return false;
            Interlocked.Exchange(ref grownAt, clock.GetUtcNow().UtcTicks);
            Format(flushesPartial: false);
            return true;
        }
        catch (IOException)
        {
            RetryAt = clock.GetUtcNow() + TimeSpan.FromSeconds(1);
            return false;
        }
    }

    /// <summary>Takes all that is in the pipe; a last line without a line break becomes a line.</summary>
    public void Drain()
    {
        while (spool.TakeFrom(Pipe))
            Format(flushesPartial: false);
        Format(flushesPartial: true);
    }

    public void Dispose()
    {
        Pipe.Dispose();
        spool.Dispose();
        log.Dispose();
    }

    private void Format(bool flushesPartial)
    {
        var time = clock.GetUtcNow().ToUnixTimeMilliseconds();
        while (consumed < spool.End)
        {
            var length = spool.Read(consumed, buffer);
            var used = AppendLines(buffer.AsSpan(0, length), time);
            if (used == 0 && flushesPartial)
            {
                used = length;
                log.Append(consumed + length, time, buffer.AsSpan(0, length));
            }
            if (used == 0)
                break;
            consumed += used;
        }
        log.Flush();
        spool.Trim(consumed);
    }

    private int AppendLines(ReadOnlySpan<byte> bytes, long time)
    {
        var used = 0;
        while (used < bytes.Length)
        {
            var rest = bytes[used..];
            var line = rest.IndexOf((byte)'\n');
            if (line is -1 or > LogRecord.LongestText && rest.Length < LogRecord.LongestText)
                break;
            var text = line is -1 or > LogRecord.LongestText ? LogRecord.LongestText : line;
            var isWhole = text == line;
            log.Append(consumed + used + text + (isWhole ? 1 : 0), time, rest[..text]);
            used += text + (isWhole ? 1 : 0);
        }
        return used;
    }
}
