using System.Text;
using Orrery.Kubernetes;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Files;

/// <summary>What a program in a pod writes, to its end.</summary>
/// <param name="session">The program; left when this is disposed of.</param>
/// <param name="patience">For the next bytes; null: it may be silent.</param>
/// <param name="clock">The time.</param>
/// <remarks>Reads throw <see cref="KubernetesException"/> when the connection breaks off, <see cref="TimeoutException"/> when nothing comes, and
/// <see cref="InvalidDataException"/> when it complains without end.</remarks>
internal sealed class ExecOutput(ExecSession session, TimeSpan? patience, TimeProvider clock) : ReadStream
{
    private const int LongestComplaint = 500;
    private const int MostErrors = 64 * 1024;

    private readonly StringBuilder complaint = new();
    private ReadOnlyMemory<byte> rest;
    private long errors;
    private bool isOver;

    /// <summary>Its exit code once it has ended; null before.</summary>
    public int? ExitCode => isOver ? session.ExitCode : null;

    /// <summary>What it wrote to stderr, as far as it is of interest.</summary>
    public string Complaint => PlainText.Of(complaint.ToString().Trim());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (rest.IsEmpty && !isOver)
            await Take(cancellationToken);
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            session.Dispose();
        base.Dispose(disposing);
    }

    private async Task Take(CancellationToken ct)
    {
        var next = session.Receive(ct);
        if (await (patience is { } limit ? next.WaitAsync(limit, clock, ct) : next) is not { } frame)
        {
            isOver = true;
        }
        else if (frame.Stream == ExecStream.Stdout)
        {
            rest = frame.Data;
        }
        else
        {
            errors += frame.Data.Length;
            if (errors > MostErrors)
                throw new InvalidDataException($"the program in the pod wrote more than {MostErrors} bytes of errors");
            if (complaint.Length < LongestComplaint)
                complaint.Append(Encoding.UTF8.GetString(frame.Data.Span[..Math.Min(LongestComplaint, frame.Data.Length)]));
        }
    }
}
