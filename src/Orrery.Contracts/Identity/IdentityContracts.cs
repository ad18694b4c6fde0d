using Orrery.Contracts.Json;

namespace Orrery.Contracts.Identity;

public sealed record CreateUserRequest(string? Name, string? Role);

public sealed record UserView(string Id, string Name, string Role, DateTimeOffset CreatedAt);

public sealed record UserList(IReadOnlyList<UserView> Users);

public sealed record CreateKeyRequest
{
    public string? Name { get; init; }

    /// <summary><c>user</c> (default) or <c>agent</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Whose key it is; admins only, default the caller.</summary>
    public string? UserId { get; init; }

    /// <summary>The one agent that an agent key may speak for.</summary>
    public string? AgentId { get; init; }

    /// <summary>The one satellite that an agent key may act for.</summary>
    public SatelliteRef? SatelliteId { get; init; }

    /// <summary>A <c>rs_test_…</c> key instead of <c>rs_live_…</c>.</summary>
    public bool? Test { get; init; }
}

/// <summary>A key without its secret.</summary>
public sealed record KeyView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>The first letters, enough to recognise it.</summary>
    public required string Prefix { get; init; }

    public required string UserId { get; init; }

    public string? AgentId { get; init; }

    public string? SatelliteId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A new key; <paramref name="Secret"/> is shown this one time.</summary>
public sealed record CreatedKey(KeyView Key, string Secret);

public sealed record KeyList(IReadOnlyList<KeyView> Keys);
