using Orrery.Server.Storage;

namespace Orrery.Server.Hosting;

/// <summary>One keyed POST: its answer is stored in the transaction that it acknowledges.</summary>
internal sealed class IdempotencyScope(string principal, string route, string key, string bodyHash)
{
    public bool Stored { get; private set; }

    public async Task Store(DbWork work, int status, string response, DateTimeOffset now)
    {
        await work.Execute(
            """
            INSERT INTO idempotency (principal, route, key, body_hash, status, response, created_at)
            VALUES (@principal, @route, @key, @bodyHash, @status, @response, @now)
            """,
            new { principal, route, key, bodyHash, status, response, now });
        Stored = true;
    }

    public Task<IdempotentAnswer?> Earlier(DbWork work) => work.Find<IdempotentAnswer>(
        "SELECT body_hash, status, response, created_at FROM idempotency WHERE principal = @principal AND route = @route AND key = @key",
        new { principal, route, key });

    public Task<int> Forget(DbWork work) => work.Execute(
        "DELETE FROM idempotency WHERE principal = @principal AND route = @route AND key = @key", new { principal, route, key });

    public string BodyHash => bodyHash;

    public override string ToString() => $"{principal} {route} {key}";
}

internal sealed record IdempotentAnswer
{
    public string BodyHash { get; init; } = "";
    public int Status { get; init; }
    public string Response { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
}
