using System.Security.Claims;

namespace Orrery.Server.Identity;

internal enum KeyKind
{
    User,
    Agent,
}

/// <summary>Who calls: one for a Bearer key, an <c>X-API-Key</c> and the cookie alike.</summary>
internal sealed class Principal(KeyRow key, UserRow user) : ClaimsPrincipal(new ClaimsIdentity("key"))
{
    public string UserId => user.Id;

    public string UserName => user.Name;

    public bool IsAdmin => user.Role == Roles.Admin && Kind == KeyKind.User;

    public string Role => user.Role;

    public KeyKind Kind => key.Kind == "agent" ? KeyKind.Agent : KeyKind.User;

    public string KeyId => key.Id;

    /// <summary>An agent key's one agent.</summary>
    public string? AgentId => key.AgentId;

    /// <summary>An agent key's one satellite.</summary>
    public string? SatelliteId => key.SatelliteId;

    /// <summary>An agent key of an admin speaks for the shared fleet; any other agent acts for its user alone.</summary>
    public bool ServesSharedFleet => Kind == KeyKind.Agent && user.Role == Roles.Admin;

    /// <summary>Whether something of this user's may be seen.</summary>
    public bool MaySee(string ownerId) => IsAdmin || (ownerId == UserId && Kind == KeyKind.User);
}

internal static class Roles
{
    public const string Admin = "admin";
    public const string User = "user";
}

internal sealed record UserRow
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed record KeyRow
{
    public string Id { get; init; } = "";
    public string UserId { get; init; } = "";
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Prefix { get; init; } = "";
    public string Hash { get; init; } = "";
    public string? AgentId { get; init; }
    public string? SatelliteId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}
