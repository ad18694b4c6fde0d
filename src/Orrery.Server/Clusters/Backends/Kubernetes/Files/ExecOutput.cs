using System.Text;
using Orrery.Kubernetes;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Files;

/// <summary>What a program in a pod writes, to its end.</summary>
/// <remarks>Reads throw <see cref="KubernetesException"/> when the connection breaks off, and <see cref="TimeoutException"/> when nothing comes.</remarks>
internal sealed class ExecOutput(ExecSession session, TimeProvider clock) : Stream
{
    private const int LongestComplaint = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly StringBuilder complaint = new();
    private ReadOnlyMemory<byte> rest;
    private bool isOver;

    /// <summary>Its exit code once it has ended; null before.</summary>
    public int? ExitCode => isOver ? session.ExitCode : null;

    /// <summary>What it wrote to stderr, as far as it is of interest.</summary>
    public string Complaint => complaint.ToString().Trim();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (rest.IsEmpty && !isOver)
        {
            if (await session.Receive(cancellationToken).WaitAsync(Patience, clock, cancellationToken) is not { } frame)
                isOver = true;
            else if (frame.Stream == ExecStream.Stdout)
                rest = frame.Data;
            else if (complaint.Length < LongestComplaint)
                complaint.Append(Encoding.UTF8.GetString(frame.Data.Span[..Math.Min(LongestComplaint, frame.Data.Length)]));
        }
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Leaves what comes unread.</summary>
    public override async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await base.DisposeAsync();
    }

    public override void Flush()
    {
        // it is only read
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            session.Dispose();
        base.Dispose(disposing);
    }
}
