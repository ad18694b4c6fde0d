using Microsoft.AspNetCore.Http;

namespace Orrery.Server.Errors;

/// <summary>The id of a request: the caller's <c>X-Request-Id</c> when it is harmless, else the server's own.</summary>
internal static class RequestId
{
    private const int Longest = 128;

    public static string Of(HttpContext http)
    {
        var given = http.Request.Headers["X-Request-Id"].ToString();
        return given.Length is > 0 and <= Longest && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? given
            : http.TraceIdentifier;
    }
}
