using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Orrery.Server.Identity;

/// <summary>Who may call an endpoint; without it an endpoint takes nobody.</summary>
internal enum AccessRule
{
    Open,

    /// <summary>A user's key or the cookie.</summary>
    User,

    /// <summary>Any valid key: a user's, an agent's, or the cookie.</summary>
    Anyone,

    Admin,

    /// <summary><c>X-API-Key</c> with <c>X-Agent-ID</c>.</summary>
    Agent,
}

internal static class Access
{
    public static TBuilder Allow<TBuilder>(this TBuilder builder, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessMetadata(rule));

    public static Principal Caller(this HttpContext http) =>
        http.User as Principal ?? throw new InvalidOperationException("The endpoint has no access rule.");

    /// <summary>The agent that speaks, as its header says.</summary>
    public static string AgentId(this HttpContext http) => http.Request.Headers[CallerResolver.AgentHeader].ToString();
}

internal sealed record AccessMetadata(AccessRule Rule);
