using Orrery.Server.Errors;
using Orrery.Server.Storage;

namespace Orrery.Server.Artifacts;

/// <summary>Which bytes are kept. A row is written before its bytes and goes after them, so that no reference ever points at nothing.</summary>
internal sealed class ContentLedger(IDatabase database, IContentStore store, TimeProvider clock)
{
    private const int Chunk = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that nothing refers to.</summary>
    private const string Unused =
        """
        NOT EXISTS (SELECT 1 FROM artifacts a WHERE a.sha256 = contents.sha256)
        AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.sha256 = contents.sha256)
        AND NOT EXISTS (SELECT 1 FROM program_inputs p WHERE p.sha256 = contents.sha256)
        """;

    /// <summary>Keeps the bytes; whoever refers to them does so before they count as unused.</summary>
    /// <exception cref="StorageFullException">There is no room.</exception>
    public async Task Keep(SpooledFile file, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        while (!await Reserve(file, ct))
        {
            if (clock.GetElapsedTime(started) > Patience)
                throw new ApiException(503, "try_again", "The same content is being removed just now; send it again.") { RetryAfter = Pause };
            await Task.Delay(Pause, clock, ct);
        }
        await store.Keep(file, ct);
    }

    /// <summary>Removes bytes that nothing has referred to since a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Sweep(DateTimeOffset untouchedSince, CancellationToken ct)
    {
        var going = await database.Write(
            async work =>
            {
                var unused = await work.Query<string>(
                    $"SELECT sha256 FROM contents WHERE removing OR (touched_at < @untouchedSince AND {Unused}) ORDER BY touched_at LIMIT @Chunk{work.ForUpdate}",
                    new { untouchedSince, Chunk });
                await work.Execute($"UPDATE contents SET removing = @yes WHERE sha256 {work.Dialect.In("@unused")}", new { yes = true, unused });
                return unused;
            },
            ct);
        foreach (var sha256 in going)
            await store.Remove(sha256, ct);
        if (going.Count > 0)
            await database.Write(work => work.Execute($"DELETE FROM contents WHERE removing AND sha256 {work.Dialect.In("@going")}", new { going }), ct);
        return going.Count;
    }

    private Task<bool> Reserve(SpooledFile file, CancellationToken ct) => database.Write(
        async work =>
        {
            var reserved = await work.Execute(
                """
                INSERT INTO contents (sha256, size_bytes, touched_at, removing) VALUES (@Sha256, @SizeBytes, @now, @no)
                ON CONFLICT (sha256) DO UPDATE SET touched_at = @now WHERE NOT contents.removing
                """,
                new { file.Sha256, file.SizeBytes, now = clock.GetUtcNow(), no = false });
            return reserved == 1;
        },
        ct);
}
