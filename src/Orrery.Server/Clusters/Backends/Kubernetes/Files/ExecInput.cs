using System.Net.WebSockets;
using Orrery.Kubernetes;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Files;

/// <summary>The standard input of a program in a pod. It has no end: the program is told how much comes. Writes throw <see cref="TimeoutException"/> when it takes nothing for so long.</summary>
internal sealed class ExecInput(ExecSession session, TimeSpan patience, TimeProvider clock) : Stream
{
    /// <summary>Well below what servers take as one message.</summary>
    private const int Piece = 64 * 1024;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            for (; buffer.Length > 0; buffer = buffer[Math.Min(Piece, buffer.Length)..])
                await session.Write(buffer[..Math.Min(Piece, buffer.Length)], cancellationToken).WaitAsync(patience, clock, cancellationToken);
        }
        catch (WebSocketException gone)
        {
            throw new IOException("The program in the pod takes nothing any more.", gone);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // nothing is held back
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
