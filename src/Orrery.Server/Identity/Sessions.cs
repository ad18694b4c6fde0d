using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Orrery.Contracts.Deployments;
using Orrery.Server.Errors;

namespace Orrery.Server.Identity;

/// <summary>The console's cookie: a random token, kept as its hash, bound to the key that opened it.</summary>
internal sealed class Sessions(IdentityStore store, PrincipalCache principals, TimeProvider clock)
{
    public const string Cookie = "session";
    private const string CsrfHeader = "X-CSRF-Token";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public async Task<SessionResponse> Open(HttpContext http, string? key)
    {
        var hash = ApiKeys.Hash(key ?? "");
        var principal = ApiKeys.LooksLikeKey(key ?? "") ? await principals.Find(hash, http.RequestAborted) : null;
        if (principal is null || principal.Kind == KeyKind.Agent)
            throw Refuse.Unauthorized("The API key is not valid, or it was revoked.");
        var token = ApiKeys.NewToken();
        var session = new SessionRow
        {
            Hash = ApiKeys.Hash(token),
            KeyId = principal.KeyId,
            CsrfToken = ApiKeys.NewToken(),
            ExpiresAt = clock.GetUtcNow() + Lifetime,
        };
        await store.AddSession(session, http.RequestAborted);
        http.Response.Cookies.Append(Cookie, token, CookieOptions(http, Lifetime));
        return new SessionResponse(principal.UserName, principal.Role, session.CsrfToken, session.ExpiresAt);
    }

    public async Task Close(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is { Length: > 0 and <= 128 } token)
            await store.DeleteSession(ApiKeys.Hash(token), http.RequestAborted);
        http.Response.Cookies.Delete(Cookie, CookieOptions(http, TimeSpan.Zero));
    }

    /// <summary>The caller behind the cookie; a changing call also needs the token that a foreign page cannot know.</summary>
    public async Task<Principal?> Find(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 and <= 128 } token ||
            await store.FindSession(ApiKeys.Hash(token), clock.GetUtcNow(), http.RequestAborted) is not { } session)
            return null;
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!reads && !Same(http.Request.Headers[CsrfHeader].ToString(), session.CsrfToken))
            throw Refuse.Forbidden("A changing call by cookie needs the session's X-CSRF-Token.");
        return await principals.Find(session.KeyHash, http.RequestAborted);
    }

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    private static CookieOptions CookieOptions(HttpContext http, TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = lifetime,
        Path = "/",
    };
}
