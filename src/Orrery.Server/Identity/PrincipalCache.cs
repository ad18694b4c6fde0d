using System.Collections.Concurrent;

namespace Orrery.Server.Identity;

/// <summary>Key hash → principal. Revoking here takes effect at once, on other replicas within <see cref="Lifetime"/>.</summary>
internal sealed class PrincipalCache(IdentityStore store, TimeProvider clock)
{
    private const int Largest = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public async ValueTask<Principal?> Find(string hash, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        if (entries.TryGetValue(hash, out var entry) && clock.GetElapsedTime(entry.ReadAt, now) < Lifetime)
            return entry.Principal;
        if (entries.Count >= Largest)
            entries.Clear();
        var principal = await Read(hash, ct);
        if (principal is not null)
            entries[hash] = new Entry(principal, now);
        else
            entries.TryRemove(hash, out _);
        return principal;
    }

    public void Forget(string hash) => entries.TryRemove(hash, out _);

    private async Task<Principal?> Read(string hash, CancellationToken ct) =>
        await store.FindKey(hash, ct) is { } key && await store.FindUser(key.UserId, ct) is { } user ? new Principal(key, user) : null;

    private sealed record Entry(Principal Principal, long ReadAt);
}
