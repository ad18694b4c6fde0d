using Microsoft.AspNetCore.Http;
using Orrery.Server.Errors;

namespace Orrery.Server.Identity;

/// <summary>Who calls, and whether the rule lets them.</summary>
internal sealed class CallerResolver(PrincipalCache principals, Sessions sessions)
{
    public const string KeyHeader = "X-API-Key";
    public const string AgentHeader = "X-Agent-ID";
    private const string BearerPrefix = "Bearer ";
    private const int LongestAgentId = 128;

    public async Task<Principal> Resolve(HttpContext http, AccessRule rule)
    {
        var principal = rule == AccessRule.Agent
            ? await ByKey(http, AgentKey(http))
            : await ByHeaderOrCookie(http);
        switch (rule)
        {
            case AccessRule.Admin when !principal.IsAdmin:
                throw Refuse.Forbidden("This is for admins.");
            case AccessRule.User when principal.Kind == KeyKind.Agent:
                throw Refuse.Forbidden("An agent's key may only be used by its agent.");
            case AccessRule.Agent:
                CheckAgent(http, principal);
                break;
        }
        return principal;
    }

    private static string AgentKey(HttpContext http) =>
        http.Request.Headers[KeyHeader].ToString() is { Length: > 0 } key ? key : throw Refuse.Unauthorized("Agents send their key as X-API-Key.");

    private static void CheckAgent(HttpContext http, Principal principal)
    {
        var agentId = http.AgentId();
        if (agentId.Length is 0 or > LongestAgentId || agentId.Any(char.IsControl))
            throw Refuse.Invalid(AgentHeader, $"is required, 1 to {LongestAgentId} printable characters");
        if (principal.AgentId is { } bound && bound != agentId)
            throw Refuse.Forbidden("This key belongs to another agent.");
    }

    private async Task<Principal> ByHeaderOrCookie(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            return authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
                ? await ByKey(http, authorization[BearerPrefix.Length..].Trim())
                : throw Refuse.Unauthorized("Authorization must be 'Bearer rs_…'.");
        }
        if (http.Request.Headers[KeyHeader].ToString() is { Length: > 0 } key)
            return await ByKey(http, key);
        return await sessions.Find(http) ?? throw Refuse.Unauthorized("No API key was sent: send 'Authorization: Bearer rs_…'.");
    }

    private async Task<Principal> ByKey(HttpContext http, string key)
    {
        var principal = ApiKeys.LooksLikeKey(key) ? await principals.Find(ApiKeys.Hash(key), http.RequestAborted) : null;
        return principal ?? throw Refuse.Unauthorized("The API key is not valid, or it was revoked.");
    }
}
