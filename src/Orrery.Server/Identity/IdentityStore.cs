using Dapper;
using Orrery.Server.Storage;

namespace Orrery.Server.Identity;

/// <summary>Users, keys and sessions.</summary>
internal sealed class IdentityStore(IDatabase database)
{
    public Task<bool> HasUsers(CancellationToken ct) =>
        database.Read(async db => await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM users") > 0, ct);

    public Task<bool> HasAgentKeys(CancellationToken ct) =>
        database.Read(
            async db => await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM api_keys WHERE kind = 'agent' AND revoked_at IS NULL") > 0, ct);

    public Task<KeyRow?> FindKey(string hash, CancellationToken ct) =>
        database.Read(db => db.QueryFirstOrDefaultAsync<KeyRow>("SELECT * FROM api_keys WHERE hash = @hash AND revoked_at IS NULL", new { hash }), ct);

    public Task<UserRow?> FindUser(string id, CancellationToken ct) =>
        database.Read(db => db.QueryFirstOrDefaultAsync<UserRow>("SELECT * FROM users WHERE id = @id", new { id }), ct);

    public Task<bool> AddUser(UserRow user, CancellationToken ct) => database.Write(work => AddUser(work, user), ct);

    /// <summary>A user with a key, both or neither; false when there is a user of that name.</summary>
    public Task<bool> AddFirst(UserRow user, KeyRow key, CancellationToken ct) => database.Write(
        async work =>
        {
            if (!await AddUser(work, user))
                return false;
            await AddKey(work, key);
            return true;
        },
        ct);

    public Task<IReadOnlyList<UserRow>> Users(CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<UserRow>)(await db.QueryAsync<UserRow>("SELECT * FROM users ORDER BY created_at, id")).AsList(), ct);

    public Task AddKey(KeyRow key, CancellationToken ct) => database.Write(work => AddKey(work, key), ct);

    public Task<IReadOnlyList<KeyRow>> Keys(string? userId, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<KeyRow>)(await db.QueryAsync<KeyRow>(
            userId is null
                ? "SELECT * FROM api_keys ORDER BY created_at, id"
                : "SELECT * FROM api_keys WHERE user_id = @userId ORDER BY created_at, id",
            new { userId })).AsList(),
        ct);

    /// <summary>The key, revoked now or before; null when there is none that this user may revoke.</summary>
    public Task<KeyRow?> Revoke(string id, string? userId, DateTimeOffset now, CancellationToken ct) => database.Write(
        async work =>
        {
            var key = await work.Find<KeyRow>("SELECT * FROM api_keys WHERE id = @id", new { id });
            if (key is null || (userId is not null && key.UserId != userId))
                return null;
            await work.Execute("UPDATE api_keys SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL", new { id, now });
            await work.Execute("DELETE FROM sessions WHERE key_id = @id", new { id });
            return key with { RevokedAt = key.RevokedAt ?? now };
        },
        ct);

    public Task AddSession(SessionRow session, CancellationToken ct) => database.Write(
        work => work.Execute("INSERT INTO sessions (hash, key_id, csrf_token, expires_at) VALUES (@Hash, @KeyId, @CsrfToken, @ExpiresAt)", session), ct);

    public Task<SessionRow?> FindSession(string hash, DateTimeOffset now, CancellationToken ct) => database.Read(
        db => db.QueryFirstOrDefaultAsync<SessionRow>(
            "SELECT s.*, k.hash AS key_hash FROM sessions s JOIN api_keys k ON k.id = s.key_id WHERE s.hash = @hash AND s.expires_at > @now", new { hash, now }),
        ct);

    public Task DeleteSession(string hash, CancellationToken ct) =>
        database.Write(work => work.Execute("DELETE FROM sessions WHERE hash = @hash", new { hash }), ct);

    private static async Task<bool> AddUser(DbWork work, UserRow user) => await work.Execute(
        "INSERT INTO users (id, name, role, created_at) VALUES (@Id, @Name, @Role, @CreatedAt) ON CONFLICT (name) DO NOTHING", user) == 1;

    private static Task<int> AddKey(DbWork work, KeyRow key) => work.Execute(
        """
        INSERT INTO api_keys (id, user_id, name, kind, prefix, hash, agent_id, satellite_id, created_at)
        VALUES (@Id, @UserId, @Name, @Kind, @Prefix, @Hash, @AgentId, @SatelliteId, @CreatedAt)
        """,
        key);
}

internal sealed record SessionRow
{
    public string Hash { get; init; } = "";
    public string KeyId { get; init; } = "";
    public string KeyHash { get; init; } = "";
    public string CsrfToken { get; init; } = "";
    public DateTimeOffset ExpiresAt { get; init; }
}
