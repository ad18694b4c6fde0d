using System.Globalization;
using System.IO.Compression;
using System.Text;
using Dapper;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Logs;

/// <summary>Logs that outlive the pods that wrote them, in the database: the newest part of each.</summary>
internal sealed class KeptLogs(IDatabase database)
{
    /// <summary>Of one pod, before compression.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int ChunkBytes = 512 * 1024;

    /// <summary>Offset of the last line that is kept; 0: none is.</summary>
    public Task<long> End(string podId, CancellationToken ct) => database.Read(
        async db => await db.ExecuteScalarAsync<long?>("SELECT MAX(last_offset) FROM pod_logs WHERE pod_id = @podId", new { podId }) ?? 0, ct);

    /// <summary>Adds lines that come after all that are kept; what is kept already is passed over.</summary>
    public async Task Add(string workloadId, string podId, IEnumerable<PodLine> lines, CancellationToken ct)
    {
        foreach (var chunk in Chunks(lines))
        {
            var row = new { podId, workloadId, lastOffset = chunk[^1].Offset, lines = (long)chunk.Count, size = (long)chunk.Sum(line => Encoding.UTF8.GetByteCount(line.Text)), body = Pack(chunk), most = (long)MostBytes };
            await database.Write(
                async work =>
                {
                    await work.Execute(
                        """
                        INSERT INTO pod_logs (pod_id, last_offset, workload_id, lines, size_bytes, body)
                        VALUES (@podId, @lastOffset, @workloadId, @lines, @size, @body) ON CONFLICT DO NOTHING
                        """,
                        row);
                    return await work.Execute(
                        """
                        DELETE FROM pod_logs WHERE pod_id = @podId AND
                            (SELECT SUM(newer.size_bytes) FROM pod_logs newer WHERE newer.pod_id = @podId AND newer.last_offset > pod_logs.last_offset) > @most
                        """,
                        row);
                },
                ct);
        }
    }

    /// <summary>Lines after an offset, oldest first.</summary>
    public async Task<IReadOnlyList<PodLine>> After(string podId, long offset, CancellationToken ct)
    {
        var bodies = await database.Read(
            async db => (await db.QueryAsync<string>("SELECT body FROM pod_logs WHERE pod_id = @podId AND last_offset > @offset ORDER BY last_offset", new { podId, offset })).AsList(), ct);
        return [.. bodies.SelectMany(Unpack).Where(line => line.Offset > offset)];
    }

    public Task Discard(string workloadId, CancellationToken ct) => database.Write(work => work.Execute("DELETE FROM pod_logs WHERE workload_id = @workloadId", new { workloadId }), ct);

    private static IEnumerable<List<PodLine>> Chunks(IEnumerable<PodLine> lines)
    {
        var chunk = new List<PodLine>();
        var size = 0;
        foreach (var line in lines)
        {
            chunk.Add(line);
            size += line.Text.Length + 1;
            if (size < ChunkBytes)
                continue;
            yield return chunk;
            (chunk, size) = ([], 0);
        }
        if (chunk.Count > 0)
            yield return chunk;
    }

    /// <summary>Each line with its offset, as gzip in base64: a column that both databases have.</summary>
    private static string Pack(List<PodLine> lines)
    {
        using var packed = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(packed, CompressionLevel.Fastest), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            foreach (var line in lines)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{line.Offset} {line.Text}\n"));
        }
        return Convert.ToBase64String(packed.ToArray());
    }

    private static IEnumerable<PodLine> Unpack(string body)
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(body)), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        var text = Encoding.UTF8.GetString(unpacked.GetBuffer(), 0, (int)unpacked.Length);
        foreach (var line in text.Split('\n').SkipLast(1)) // a line may hold any other character, carriage returns too
        {
            var space = line.IndexOf(' ');
            yield return new PodLine(long.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture), line[(space + 1)..]);
        }
    }
}
