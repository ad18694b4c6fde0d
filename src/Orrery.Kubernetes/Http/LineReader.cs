using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Orrery.Kubernetes.Http;

/// <summary>Splits a stream into lines of a bounded length.</summary>
internal static class LineReader
{
    /// <summary>Each line without its end, good until the next is asked for; the last one also when nothing ends it.</summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="longest">In bytes.</param>
    /// <param name="cuts">True: longer lines are cut; false: they are an error.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="KubernetesProtocolException">A line is longer than <paramref name="longest"/>.</exception>
    public static async IAsyncEnumerable<ReadOnlySequence<byte>> Read(Stream stream, int longest, bool cuts, [EnumeratorCancellation] CancellationToken ct)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var skipping = false;
        try
        {
            while (true)
            {
                var result = await pipe.ReadAsync(ct);
                var rest = result.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    if (!skipping)
                        yield return Within(rest.Slice(0, end), longest, cuts);
                    skipping = false;
                    rest = rest.Slice(rest.GetPosition(1, end));
                }
                if (!skipping && (rest.Length > longest || (result.IsCompleted && rest.Length > 0)))
                {
                    yield return Within(rest, longest, cuts);
                    skipping = true;
                }
                if (result.IsCompleted)
                    yield break;
                pipe.AdvanceTo(skipping ? rest.End : rest.Start, rest.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static ReadOnlySequence<byte> Within(in ReadOnlySequence<byte> line, int longest, bool cuts)
    {
        if (line.Length <= longest)
            return line;
        return cuts ? line.Slice(0, longest) : throw new KubernetesProtocolException($"The API server sent a line longer than the {longest} bytes that are read.");
    }
}
