namespace Orrery.Server.Artifacts;

/// <summary>A seekable stream over something that can be asked for its bytes from a place on; it asks when it is first read there, and once more where an answer breaks off.</summary>
/// <param name="length">All its bytes.</param>
/// <param name="open">Its bytes from an offset on.</param>
/// <param name="read">Reads on in an answer, and throws when nothing comes.</param>
internal sealed class RangedStream(long length, Func<long, CancellationToken, Task<Stream>> open, Func<Stream, Memory<byte>, CancellationToken, Task<int>> read) : Stream
{
    private const int Attempts = 2;

    private Stream? source;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (value == position)
                return;
            source?.Dispose();
            source = null;
            position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.IsEmpty)
            return 0;
        for (var attempt = 1; ; attempt++)
        {
            source ??= await open(position, cancellationToken);
            try
            {
                var count = await read(source, buffer, cancellationToken);
                if (count == 0)
                    throw new EndOfStreamException($"The stored bytes end at {position} of {length}.");
                position += count;
                return count;
            }
            catch (Exception) when (attempt < Attempts && !cancellationToken.IsCancellationRequested)
            {
                await source.DisposeAsync();
                source = null;
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read without blocking only.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
        // nothing is written
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source?.Dispose();
        base.Dispose(disposing);
    }
}
