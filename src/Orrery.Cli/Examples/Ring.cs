using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Orrery.Cli.Examples;

/// <summary>Ranks in a ring: each sends to the next and receives from the one before.</summary>
/// <remarks>
/// All-reduce as in Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms", 2009: every rank sends
/// 2 (n − 1) / n times the vector, however many ranks there are. Each part is summed in one order and then handed on,
/// so that all ranks end with the same bits.
/// </remarks>
internal sealed class Ring(World world, TcpClient? next, TcpClient? previous) : IAsyncDisposable
{
    public int Rank => world.Rank;

    public int Size => world.Size;

    /// <summary>Replaces <paramref name="values"/> by their sum over all ranks.</summary>
    /// <exception cref="IOException">Another rank is gone.</exception>
    public async Task Sum(double[] values, CancellationToken cancellation)
    {
        var incoming = new double[(values.Length / Size) + 1];
        for (var step = 0; step < Size - 1; step++)
        {
            var received = Part(values, Rank - step - 1);
            await Exchange(Part(values, Rank - step), incoming.AsMemory(0, received.Length), cancellation);
            Add(incoming, received.Span);
        }
        for (var step = 0; step < Size - 1; step++)
            await Exchange(Part(values, Rank - step + 1), Part(values, Rank - step), cancellation);
    }

    /// <summary>Whether every rank has these bytes.</summary>
    public async Task<bool> AllHave(byte[] bytes, CancellationToken cancellation)
    {
        var differences = new double[1];
        var seen = (byte[])bytes.Clone();
        for (var step = 0; step < Size - 1; step++)
        {
            var received = new byte[bytes.Length];
            await Exchange(seen, received, cancellation);
            differences[0] += received.AsSpan().SequenceEqual(bytes) ? 0 : 1;
            seen = received;
        }
        await Sum(differences, cancellation);
        return differences[0] is 0;
    }

    public ValueTask DisposeAsync()
    {
        next?.Dispose();
        previous?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Add(double[] incoming, Span<double> sums)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += incoming[i];
    }

    /// <summary>The part that <paramref name="index"/> names, counted around the ring.</summary>
    private Memory<double> Part(double[] values, int index)
    {
        var part = ((index % Size) + Size) % Size;
        var start = (int)((long)values.Length * part / Size);
        return values.AsMemory(start, (int)((long)values.Length * (part + 1) / Size) - start);
    }

    private async Task Exchange(ReadOnlyMemory<double> outgoing, Memory<double> incoming, CancellationToken cancellation)
    {
        var received = new byte[incoming.Length * sizeof(double)];
        await Exchange(MemoryMarshal.AsBytes(outgoing.Span).ToArray(), received, cancellation);
        received.CopyTo(MemoryMarshal.AsBytes(incoming.Span));
    }

    /// <summary>Both at once: two ranks that first send and then receive could wait for each other for ever.</summary>
    private async Task Exchange(byte[] outgoing, byte[] incoming, CancellationToken cancellation)
    {
        var sending = next!.GetStream().WriteAsync(outgoing, cancellation).AsTask();
        await previous!.GetStream().ReadExactlyAsync(incoming, cancellation);
        await sending;
    }
}
