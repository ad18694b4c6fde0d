using Orrery.Contracts.Identity;
using Orrery.Server.Errors;
using Orrery.Server.Hosting;

namespace Orrery.Server.Identity;

/// <summary>Makes keys; the secret leaves here once.</summary>
internal sealed class KeyMaker(IdentityStore store, TimeProvider clock)
{
    public async Task<CreatedKey> Make(CreateKeyRequest request, Principal caller, CancellationToken ct)
    {
        var userId = request.UserId ?? caller.UserId;
        if (userId != caller.UserId && !caller.IsAdmin)
            throw Refuse.Forbidden("Only an admin makes keys for others.");
        if (await store.FindUser(userId, ct) is null)
            throw Refuse.Invalid("user_id", "is not a user");
        Check(request);
        var secret = ApiKeys.New(request.Test == true);
        var key = new KeyRow
        {
            Id = Ids.New("key"),
            UserId = userId,
            Name = request.Name ?? "key",
            Kind = request.Kind ?? "user",
            Prefix = ApiKeys.Prefix(secret),
            Hash = ApiKeys.Hash(secret),
            AgentId = request.AgentId,
            SatelliteId = request.SatelliteId?.Value,
            CreatedAt = clock.GetUtcNow(),
        };
        await store.AddKey(key, ct);
        return new CreatedKey(View(key), secret);
    }

    public static KeyView View(KeyRow key) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Kind = key.Kind,
        Prefix = key.Prefix,
        UserId = key.UserId,
        AgentId = key.AgentId,
        SatelliteId = key.SatelliteId,
        CreatedAt = key.CreatedAt,
        RevokedAt = key.RevokedAt,
    };

    private static void Check(CreateKeyRequest request)
    {
        if (request.Name is { } name && (name.Length is 0 or > 64 || name.Any(char.IsControl)))
            throw Refuse.Invalid("name", "must be 1 to 64 printable characters");
        switch (request.Kind)
        {
            case null or "user":
                if (request.AgentId is not null || request.SatelliteId is not null)
                    throw Refuse.Invalid("kind", "must be agent for a key that is bound to an agent and a satellite");
                break;
            case "agent":
                if (request.AgentId is not { Length: >= 1 and <= 128 } agent || agent.Any(char.IsControl))
                    throw Refuse.Invalid("agent_id", "is required for an agent key, 1 to 128 printable characters");
                if (request.SatelliteId is not { } satellite || !int.TryParse(satellite.Value, out var number) || number <= 0)
                    throw Refuse.Invalid("satellite_id", "is required for an agent key: a NORAD number");
                break;
            default:
                throw Refuse.Invalid("kind", "must be user or agent");
        }
    }
}
